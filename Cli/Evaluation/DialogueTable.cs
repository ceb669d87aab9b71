using System.Globalization;
using AgentRec.Recommenders.Evaluation;
using AgentRec.Recommenders.Evaluation.Dialogues;
using Spectre.Console;

namespace AgentRec.Cli.Evaluation;

/// <summary>Prints for people what talking to simulated users came to.</summary>
internal static class DialogueTable
{
    /// <summary>Prints the report: means, with their 95 percent intervals.</summary>
    /// <param name="report">The report.</param>
    public static void Print(DialogueReport report)
    {
        AnsiConsole.MarkupLineInterpolated(
            CultureInfo.InvariantCulture, $"{report.Dataset}, {report.Protocol}: {report.Users.Evaluated} users talked to, {report.Users.Skipped} skipped, {report.Leaks} leaks");
        var table = new Table().AddColumns(
            ["strategy", "noise", "questions", .. Enumerable.Range(1, report.Turns).Select(turn => string.Create(CultureInfo.InvariantCulture, $"found by turn {turn}")), "mrr@10"]);
        foreach (var arm in report.Strategies)
        {
            table.AddRow(
            [
                arm.Name, Percent(arm.Noise), Number(arm.Questions), .. arm.Intervals.SuccessByTurn.Select((estimate, turn) => turn + 1 == report.Turns ? Text(estimate) : Number(estimate.Mean)),
                Text(arm.Intervals.ReciprocalRank),
            ]);
        }
        AnsiConsole.Write(table);
        var pools = new Table().AddColumns("strategy", "noise", "pool", "questions", "mrr@10");
        foreach (var arm in report.Pools)
            pools.AddRow(arm.Name, Percent(arm.Noise), arm.Size.ToString(CultureInfo.InvariantCulture), Number(arm.Questions), Text(arm.Interval));
        AnsiConsole.Write(pools);
        var ratios = new Table().AddColumns("strategy", "noise", "times", "found by the last turn", "mrr@10", "pools: mrr@10");
        foreach (var (arm, pool) in report.Strategies.Zip(report.Pools))
        {
            foreach (var (ratio, own) in arm.Ratios.Zip(pool.Ratios))
                ratios.AddRow(arm.Name, Percent(arm.Noise), ratio.To, Times(ratio.Success), Times(ratio.ReciprocalRank), Times(own.ReciprocalRank));
        }
        if (ratios.Rows.Count > 0)
            AnsiConsole.Write(ratios);
    }

    private static string Times(MetricEstimate? ratio) =>
        ratio is null ? "-" : string.Create(CultureInfo.InvariantCulture, $"{ratio.Mean:F2} ({ratio.Low:F2} to {ratio.High:F2})");

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.#}%");

    private static string Number(double value) => value.ToString("F3", CultureInfo.InvariantCulture);

    private static string Text(MetricEstimate estimate) => string.Create(CultureInfo.InvariantCulture, $"{estimate.Mean:F3} ({estimate.Low:F3} to {estimate.High:F3})");
}
