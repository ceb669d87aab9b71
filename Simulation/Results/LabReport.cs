using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Serialization;

namespace AgentRec.Simulation;

/// <summary>What a run comes to; this is <c>metrics.json</c>.</summary>
/// <param name="Scenario">The scenario's name.</param>
/// <param name="Seeds">The number of worlds.</param>
/// <param name="Periods">The number of periods.</param>
/// <param name="Arms">By arm, each figure over all periods.</param>
/// <param name="Differences">Each arm but the first against the first, world by world.</param>
/// <param name="Series">Each figure by arm and period.</param>
/// <param name="Groups">By arm, what it comes to for groups of people and providers.</param>
/// <param name="Sensitivity">By arm, what changing an attribute of users did to slates; empty where none was tried.</param>
public sealed record LabReport(
    string Scenario, int Seeds, int Periods, ImmutableArray<ArmFigures> Arms, ImmutableArray<ArmDifference> Differences, ImmutableArray<SeriesPoint> Series,
    ImmutableArray<GroupFigures> Groups, ImmutableArray<SensitivityFigures> Sensitivity)
{
    /// <summary>How much was played, in words.</summary>
    [JsonIgnore]
    public string Extent => $"{Count(Seeds, "world")}, {Count(Periods, "period")}";

    /// <summary>Some figures as text: a row for each arm, and for each difference to the first; means over worlds with 95 percent intervals.</summary>
    /// <param name="figures">Names of figures.</param>
    /// <exception cref="ArgumentException">There is no figure of such a name.</exception>
    public string Table(params IReadOnlyList<string> figures)
    {
        if (figures.FirstOrDefault(figure => !Metric.All.Any(metric => string.Equals(metric.Name, figure, StringComparison.Ordinal))) is { } unknown)
            throw new ArgumentException($"There is no figure '{unknown}'.", nameof(figures));
        string[][] rows =
        [
            ["", .. figures],
            .. Arms.Select(arm => (string[])[arm.Arm, .. figures.Select(figure => $"{arm.Figures.GetValueOrDefault(figure)}")]),
            .. Differences.Select(difference => (string[])[$"{difference.Arm} - {difference.Against}", .. figures.Select(figure => $"{difference.Figures.GetValueOrDefault(figure)}")]),
        ];
        int[] widths = [.. Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length))];
        return string.Join('\n', rows.Select(row => string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd()));
    }

    private static string Count(int count, string what) => string.Create(CultureInfo.InvariantCulture, $"{count} {what}{(count == 1 ? "" : "s")}");
}

/// <summary>What an arm comes to for a group, over all periods and worlds.</summary>
/// <param name="Arm">The arm.</param>
/// <param name="Kind">
/// <c>people</c>; <c>past</c>, people by whether they had fewer ratings than the median; <c>provider</c>; <c>providerSize</c>, the half of the
/// providers with more items and the other half; or <c>gap</c>, how far the best and the worst off of such a kind are apart.
/// </param>
/// <param name="Group">The kind of people, the provider, or the kind of groups.</param>
/// <param name="Figures">
/// For people <c>turns</c>, <c>success</c>, <c>satisfaction</c>, <c>regret</c>; for a provider <c>items</c> and <c>showings</c>, each as a
/// share of all, and <c>ratio</c>, the second over the first: 1 is exposure in proportion.
/// </param>
public sealed record GroupFigures(string Arm, string Kind, string Group, ImmutableSortedDictionary<string, Estimate> Figures);

/// <summary>What changing an attribute of users did to the slates of an arm, over all worlds.</summary>
/// <param name="Arm">The arm.</param>
/// <param name="Attribute">The attribute.</param>
/// <param name="Figures">
/// <c>similarityJaccard</c> and <c>similarityPairwise</c>, how alike slates with it and without it are, 1 for the same; <c>snsr...</c>, how far the
/// values with the greatest and the least similarity are apart, and <c>snsv...</c>, the standard deviation over values, both 0 where all are
/// treated alike; and the similarity of each value.
/// </param>
public sealed record SensitivityFigures(string Arm, string Attribute, ImmutableSortedDictionary<string, Estimate> Figures);

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
    /// <summary>The mean, and the interval where there is one.</summary>
    public override string ToString() => Low is { } low && High is { } high
        ? $"{Figure(Mean)} [{Figure(low)}, {Figure(high)}]"
        : Figure(Mean);

    /// <summary>A figure for readers: four decimals, and none from a thousand on.</summary>
    /// <param name="value">The figure.</param>
    public static string Figure(double value) => value.ToString(Math.Abs(value) >= 1000 ? "N0" : "0.0000", CultureInfo.InvariantCulture);

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
