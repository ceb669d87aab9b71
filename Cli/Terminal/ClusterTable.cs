using System.Globalization;
using AgentRec.Grains.Abstractions.Operations;
using Spectre.Console;

namespace AgentRec.Cli.Terminal;

/// <summary>Prints the silos of a cluster.</summary>
internal static class ClusterTable
{
    private const int Width = 120;

    /// <summary>Prints.</summary>
    /// <param name="report">The cluster.</param>
    public static void Print(ClusterReport report)
    {
        AnsiConsole.Profile.Width = Math.Max(AnsiConsole.Profile.Width, Width);
        var table = new Table().AddColumns("silo", "address", "membership", "since (UTC)", "build", "ready", "model", "agents");
        foreach (var silo in report.Silos)
        {
            table.AddRow(
                Markup.Escape(silo.Name), silo.Address, silo.Suspicions == 0 ? silo.Status : string.Create(CultureInfo.InvariantCulture, $"{silo.Status}, suspected by {silo.Suspicions}"),
                silo.StartedAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture), silo.Report?.Build ?? "", silo.Report is null ? "does not answer" : silo.Ready ? "yes" : "no",
                silo.Report?.Model ?? "", string.Join(", ", silo.Activations.Select(static kind => string.Create(CultureInfo.InvariantCulture, $"{kind.Key} {kind.Value:N0}"))));
        }
        AnsiConsole.Write(table);
        foreach (var silo in report.Silos)
        {
            foreach (var missing in silo.Report?.Missing ?? [])
                AnsiConsole.MarkupLineInterpolated($"[red]{silo.Name}: {missing}[/]");
            foreach (var note in silo.Report?.Notes ?? [])
                AnsiConsole.MarkupLineInterpolated($"[yellow]{silo.Name}: {note}[/]");
        }
        var models = report.Silos.Select(static silo => silo.Report?.Model).Where(static model => model is not null).Distinct(StringComparer.Ordinal).Count();
        if (models > 1)
            AnsiConsole.MarkupLineInterpolated($"[yellow]{models} different models are served.[/]");
        AnsiConsole.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"Cluster {report.Cluster}: {report.Silos.Count(static silo => silo.Ready)} of {report.Silos.Length} silos ready; {report.Departed} that have left are still listed."));
    }
}
