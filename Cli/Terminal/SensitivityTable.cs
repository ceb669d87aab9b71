using AgentRec.Simulation;
using Spectre.Console;

namespace AgentRec.Cli.Terminal;

/// <summary>Prints what changing an attribute of users did to slates: a row for each figure, a column for each arm.</summary>
internal static class SensitivityTable
{
    /// <summary>Prints.</summary>
    /// <param name="report">A report of a scenario with sensitivity terms.</param>
    public static void Print(LabReport report)
    {
        var table = new Table { Title = new TableTitle(Markup.Escape($"{report.Scenario}: {report.Seeds} seeds, slates with and without {report.Sensitivity[0].Attribute}")) }.AddColumn("figure");
        foreach (var arm in report.Sensitivity)
            table.AddColumn(Markup.Escape(arm.Arm));
        foreach (var figure in report.Sensitivity[0].Figures.Keys)
            table.AddRow([Markup.Escape(figure), .. report.Sensitivity.Select(arm => LabTable.Text(arm.Figures.GetValueOrDefault(figure)))]);
        AnsiConsole.Write(table);
    }
}
