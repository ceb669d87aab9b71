using AgentRec.Simulation;
using Spectre.Console;

namespace AgentRec.Cli.Terminal;

/// <summary>Prints what groups of people and providers get: a row for each group and figure, a column for each arm.</summary>
internal static class GroupTable
{
    /// <summary>Prints.</summary>
    /// <param name="report">The report.</param>
    public static void Print(LabReport report)
    {
        var table = new Table { Title = new TableTitle(Markup.Escape($"{report.Scenario}: {report.Seeds} seeds, {report.Periods} periods")) }.AddColumns("of", "group", "figure");
        foreach (var arm in report.Arms)
            table.AddColumn(Markup.Escape(arm.Arm));
        var rows = report.Groups.SelectMany(group => group.Figures.Select(figure => (group.Kind, group.Group, Figure: figure.Key, group.Arm, figure.Value)))
            .Where(one => one.Figure is not ("turns" or "items" or "showings"))
            .GroupBy(one => (one.Kind, one.Group, one.Figure));
        foreach (var row in rows)
        {
            table.AddRow([
                Markup.Escape(row.Key.Kind), Markup.Escape(row.Key.Group), row.Key.Figure,
                .. report.Arms.Select(arm => LabTable.Text(row.FirstOrDefault(one => string.Equals(one.Arm, arm.Arm, StringComparison.Ordinal)).Value)),
            ]);
        }
        AnsiConsole.Write(table);
    }
}
