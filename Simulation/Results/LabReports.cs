using System.Collections.Immutable;

namespace AgentRec.Simulation;

/// <summary>Puts a report together from what each arm measured in each world.</summary>
internal static class LabReports
{
    /// <summary>Puts it together.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="figures">By world, arm and period, the figures by name.</param>
    /// <param name="groups">What arms came to for groups, world by world.</param>
    /// <param name="sensitivity">By world and arm, what changing an attribute did; null where none was tried.</param>
    public static LabReport Of(Scenario scenario, Dictionary<string, double>[][][] figures, IEnumerable<GroupOutcome> groups, SensitivityOutcome?[][] sensitivity)
    {
        var overall = scenario.Arms.Select((_, arm) => figures.Select(world => Overall(world[arm])).ToArray()).ToArray();
        foreach (var (arm, world) in overall.SelectMany(arm => arm.Index().Select(world => (world.Item, world.Index))))
        {
            if (arm.TryGetValue("targetShare", out var share) && overall[0][world].GetValueOrDefault("targetShare") is > 0 and var first)
                arm["lift"] = share / first;
        }
        return new LabReport(
            scenario.Name, scenario.Seeds, scenario.Periods,
            [.. scenario.Arms.Select((arm, i) => new ArmFigures(arm.Name, Estimates(overall[i])))],
            [
                .. scenario.Arms.Skip(1).Select((arm, i) => new ArmDifference(
                    arm.Name, scenario.Arms[0].Name,
                    Estimates([.. overall[i + 1].Zip(overall[0], Difference)]))),
            ],
            [
                .. scenario.Arms.SelectMany((arm, i) => Metric.All.SelectMany(metric => Enumerable.Range(0, scenario.Periods)
                    .Select(period => (Period: period, Values: figures.Where(world => world[i][period].ContainsKey(metric.Name)).Select(world => world[i][period][metric.Name]).ToArray()))
                    .Where(point => point.Values.Length > 0)
                    .Select(point => new SeriesPoint(arm.Name, metric.Name, point.Period + 1, Estimate.Of(point.Values))))),
            ],
            [
                .. groups.GroupBy(one => (one.Arm, one.Kind, one.Group))
                    .Select(worlds => new GroupFigures(
                        worlds.Key.Arm, worlds.Key.Kind, worlds.Key.Group,
                        worlds.SelectMany(world => world.Values).GroupBy(value => value.Name, StringComparer.Ordinal)
                            .ToImmutableSortedDictionary(value => value.Key, value => Estimate.Of([.. value.Select(one => one.Value)]), StringComparer.Ordinal))),
            ],
            scenario.Sensitivity is not { } terms ? [] :
            [
                .. scenario.Arms.Select((arm, i) => new SensitivityFigures(
                    arm.Name, terms.Attribute,
                    sensitivity.SelectMany(world => world[i]!.Figures()).GroupBy(figure => figure.Name, StringComparer.Ordinal)
                        .ToImmutableSortedDictionary(figure => figure.Key, figure => Estimate.Of([.. figure.Select(one => one.Value)]), StringComparer.Ordinal))),
            ]);
    }

    private static Dictionary<string, double> Overall(Dictionary<string, double>[] periods)
    {
        var overall = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var metric in Metric.All)
        {
            double[] values = [.. periods.Where(period => period.ContainsKey(metric.Name)).Select(period => period[metric.Name])];
            if (values.Length > 0)
                overall.Add(metric.Name, metric.Name == "turns" ? values.Sum() : values.Average());
        }
        return overall;
    }

    private static Dictionary<string, double> Difference(Dictionary<string, double> arm, Dictionary<string, double> first) =>
        arm.Where(figure => first.ContainsKey(figure.Key)).ToDictionary(figure => figure.Key, figure => figure.Value - first[figure.Key], StringComparer.Ordinal);

    private static ImmutableSortedDictionary<string, Estimate> Estimates(Dictionary<string, double>[] worlds) =>
        Metric.All.Where(metric => Array.Exists(worlds, world => world.ContainsKey(metric.Name)))
            .ToImmutableSortedDictionary(
                metric => metric.Name, metric => Estimate.Of([.. worlds.Where(world => world.ContainsKey(metric.Name)).Select(world => world[metric.Name])]), StringComparer.Ordinal);
}
