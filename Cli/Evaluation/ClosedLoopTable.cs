using System.Globalization;
using AgentRec.Recommenders.Evaluation;
using Spectre.Console;

namespace AgentRec.Cli.Evaluation;

/// <summary>Prints a closed loop for people: item agency on and off, side by side.</summary>
internal static class ClosedLoopTable
{
    /// <summary>Prints the loop: its periods, all of them together, and how the arms differ.</summary>
    /// <param name="loop">The loop.</param>
    public static void Print(ClosedLoopReport loop)
    {
        AnsiConsole.WriteLine("closed loop, item agency on | off");
        var table = new Table().AddColumns("period", "ndcg@10", "recall@10", "gini@10", "tail share", "distinct items", "distinct tail items", "consumed");
        foreach (var period in loop.Periods)
            table.AddRow([period.Period.ToString(CultureInfo.InvariantCulture), .. Cells(period.Arms, withInterval: false)]);
        table.AddRow(["all", .. Cells(loop.Arms, withInterval: true)]);
        table.AddRow(
            "on - off", Difference(MetricNames.Ndcg), Difference(MetricNames.Recall10), Difference(MetricNames.Gini), Difference(MetricNames.TailShare),
            Ratio(loop.Comparison.DistinctItemsRatio), Ratio(loop.Comparison.DistinctTailItemsRatio), "");
        AnsiConsole.Write(table);

        string Difference(string metric) => Text(loop.Comparison.Differences[metric], withInterval: true);
    }

    private static IEnumerable<string> Cells(IReadOnlyDictionary<string, ClosedLoopFigures> arms, bool withInterval)
    {
        var (on, off) = (arms[ClosedLoopArms.On], arms[ClosedLoopArms.Off]);
        foreach (var metric in (string[])[MetricNames.Ndcg, MetricNames.Recall10, MetricNames.Gini, MetricNames.TailShare])
            yield return $"{Text(on.Metrics[metric], withInterval)} | {Text(off.Metrics[metric], withInterval)}";
        yield return string.Create(CultureInfo.InvariantCulture, $"{on.DistinctItems} | {off.DistinctItems}");
        yield return string.Create(CultureInfo.InvariantCulture, $"{on.DistinctTailItems} | {off.DistinctTailItems}");
        yield return string.Create(CultureInfo.InvariantCulture, $"{on.Consumed} | {off.Consumed}");
    }

    private static string Ratio(double ratio) => string.Create(CultureInfo.InvariantCulture, $"{ratio - 1:+0.0%;-0.0%}");

    private static string Text(MetricEstimate estimate, bool withInterval) => withInterval
        ? string.Create(CultureInfo.InvariantCulture, $"{estimate.Mean:F4} ({estimate.Low:F4} to {estimate.High:F4})")
        : estimate.Mean.ToString("F4", CultureInfo.InvariantCulture);
}
