using AgentRec.Simulation;
using Spectre.Console;

namespace AgentRec.Cli.Terminal;

/// <summary>Prints what a simulation came to: a row for each figure, a column for each arm.</summary>
internal static class LabTable
{
    /// <summary>Prints.</summary>
    /// <param name="report">The report.</param>
    public static void Print(LabReport report)
    {
        var table = new Table { Title = new TableTitle(Markup.Escape($"{report.Scenario}: {report.Extent}")) }.AddColumn("figure");
        foreach (var arm in report.Arms)
            table.AddColumn(Markup.Escape(arm.Arm));
        foreach (var difference in report.Differences)
            table.AddColumn(Markup.Escape($"{difference.Arm} - {difference.Against}"));
        foreach (var metric in Metric.All.Where(metric => report.Arms.Any(arm => arm.Figures.ContainsKey(metric.Name))))
        {
            table.AddRow([
                metric.Name,
                .. report.Arms.Select(arm => Text(arm.Figures.GetValueOrDefault(metric.Name))),
                .. report.Differences.Select(difference => Text(difference.Figures.GetValueOrDefault(metric.Name))),
            ]);
        }
        AnsiConsole.Write(table);
    }

    internal static string Text(Estimate? estimate) => estimate switch
    {
        null => "",
        { Low: { } low, High: { } high } => $"{Estimate.Figure(estimate.Mean)} ({Estimate.Figure(low)} to {Estimate.Figure(high)})",
        _ => Estimate.Figure(estimate.Mean),
    };
}
