using System.Globalization;
using AgentRec.Recommenders.Evaluation;
using Spectre.Console;

namespace AgentRec.Cli.Evaluation;

/// <summary>Prints an evaluation for people.</summary>
internal static class ReportTable
{
    private static readonly string[] Shown = [MetricNames.Ndcg, MetricNames.HitRate, MetricNames.Recall20, MetricNames.Recall50, MetricNames.ReciprocalRank, MetricNames.Coverage, MetricNames.TailShare];

    /// <summary>Prints the report: means, with the 95 percent intervals of two metrics.</summary>
    /// <param name="report">The report.</param>
    public static void Print(EvaluationReport report)
    {
        AnsiConsole.MarkupLineInterpolated(
            CultureInfo.InvariantCulture, $"{report.Dataset}, {report.Protocol}: {report.Users.Evaluated} users evaluated, {report.Users.Skipped} skipped");
        var table = new Table().AddColumns(["model", .. Shown, "ms/user"]);
        foreach (var model in report.Models)
            table.AddRow([model.Name, .. Shown.Select(metric => Text(model.Metrics[metric], withInterval: metric is MetricNames.Ndcg or MetricNames.Recall50)), Number(model.MillisecondsPerUser, "F2")]);
        AnsiConsole.Write(table);
        if (report.Models.All(model => model.Policy is null))
            return;
        var policy = new Table().AddColumns(
            "model", "pass rate", "rounds", "widened", "relaxed", "arbitrated", "utility kept", "objective kept", "false accepts",
            "ndcg@10 to unconstrained", "ndcg@10 to exact", "ms p50", "ms p99");
        foreach (var (model, found) in report.Models.Where(model => model.Policy is not null).Select(model => (model, model.Policy!)))
        {
            policy.AddRow(
                model.Name, Number(found.PassRate, "F3"), Number(found.Rounds, "F2"), Number(found.Widened, "F3"), Number(found.Relaxed, "F3"), Number(found.Arbitrated, "F3"),
                Number(found.UtilityKept, "F4"), Number(found.ObjectiveKept, "F4"), found.FalseAccepts.ToString(CultureInfo.InvariantCulture),
                Text(found.AgainstUnconstrained[MetricNames.Ndcg], withInterval: true), Text(found.AgainstExact[MetricNames.Ndcg], withInterval: true),
                Number(found.MillisecondsMedian, "F2"), Number(found.MillisecondsP99, "F2"));
        }
        AnsiConsole.Write(policy);
    }

    // Brackets would be read as markup.
    private static string Text(MetricEstimate estimate, bool withInterval) => withInterval
        ? string.Create(CultureInfo.InvariantCulture, $"{estimate.Mean:F4} ({estimate.Low:F3} to {estimate.High:F3})")
        : Number(estimate.Mean, "F4");

    private static string Number(double number, string format) => number.ToString(format, CultureInfo.InvariantCulture);
}
