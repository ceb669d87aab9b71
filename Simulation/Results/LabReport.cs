using System.Collections.Immutable;

namespace AgentRec.Simulation;

/// <summary>What a run comes to; this is <c>metrics.json</c>.</summary>
/// <param name="Scenario">The scenario's name.</param>
/// <param name="Seeds">The number of worlds.</param>
/// <param name="Periods">The number of periods.</param>
/// <param name="Arms">By arm, each figure over all periods.</param>
/// <param name="Differences">Each arm but the first against the first, world by world.</param>
/// <param name="Series">Each figure by arm and period.</param>
/// <param name="Groups">By arm, what it comes to for each kind of people and each provider.</param>
public sealed record LabReport(
    string Scenario, int Seeds, int Periods, ImmutableArray<ArmFigures> Arms, ImmutableArray<ArmDifference> Differences, ImmutableArray<SeriesPoint> Series,
    ImmutableArray<GroupFigures> Groups);

/// <summary>What an arm comes to for a group, over all periods and worlds.</summary>
/// <param name="Arm">The arm.</param>
/// <param name="Kind"><c>people</c> or <c>provider</c>.</param>
/// <param name="Group">The kind of people, or the provider.</param>
/// <param name="Figures">
/// For people <c>turns</c>, <c>success</c>, <c>satisfaction</c>, <c>regret</c>; for a provider <c>items</c> and <c>showings</c>, each as a
/// share of all, and <c>ratio</c>, the second over the first: 1 is exposure in proportion.
/// </param>
public sealed record GroupFigures(string Arm, string Kind, string Group, ImmutableSortedDictionary<string, Estimate> Figures);

/// <summary>An arm's figures over all periods: the mean over periods, turns summed up, over all worlds.</summary>
/// <param name="Arm">The arm.</param>
/// <param name="Figures">By name.</param>
public sealed record ArmFigures(string Arm, ImmutableSortedDictionary<string, Estimate> Figures);

/// <summary>How far an arm is from the first, in the same worlds, with the same people and the same luck.</summary>
/// <param name="Arm">The arm.</param>
/// <param name="Against">The first arm.</param>
/// <param name="Figures">Arm minus first, by name.</param>
public sealed record ArmDifference(string Arm, string Against, ImmutableSortedDictionary<string, Estimate> Figures);

/// <summary>A figure of one arm in one period.</summary>
/// <param name="Arm">The arm.</param>
/// <param name="Metric">The figure's name.</param>
/// <param name="Period">The period, from 1.</param>
/// <param name="Value">Over all worlds.</param>
public sealed record SeriesPoint(string Arm, string Metric, int Period, Estimate Value);

/// <summary>A mean over worlds with its 95 percent interval.</summary>
/// <param name="Mean">The mean.</param>
/// <param name="Low">The interval's lower end (Student's t); null with one world.</param>
/// <param name="High">The interval's upper end; null with one world.</param>
public sealed record Estimate(double Mean, double? Low, double? High)
{
    /// <summary>Estimates from one value for each world.</summary>
    /// <param name="values">At least one.</param>
    public static Estimate Of(IReadOnlyList<double> values)
    {
        var mean = values.Average();
        if (values.Count < 2)
            return new Estimate(mean, null, null);
        var deviation = Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1));
        var half = MathNet.Numerics.Distributions.StudentT.InvCDF(0, 1, values.Count - 1, 0.975) * deviation / Math.Sqrt(values.Count);
        return new Estimate(mean, mean - half, mean + half);
    }
}
