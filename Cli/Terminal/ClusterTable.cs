using System.Collections.Immutable;
using System.Globalization;
using AgentRec.Domain;
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
        var table = new Table().AddColumns("silo", "address", "membership", "since (UTC)", "build", "ready", "models", "agents");
        foreach (var silo in report.Silos)
        {
            table.AddRow(
                Markup.Escape(silo.Name), silo.Address, silo.Suspicions == 0 ? silo.Status : string.Create(CultureInfo.InvariantCulture, $"{silo.Status}, suspected by {silo.Suspicions}"),
                silo.StartedAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture), silo.Report?.Build ?? "", silo.Report is null ? "does not answer" : silo.Ready ? "yes" : "no",
                Models(silo.Report), string.Join(", ", silo.Activations.Select(static kind => string.Create(CultureInfo.InvariantCulture, $"{kind.Key} {kind.Value:N0}"))));
        }
        AnsiConsole.Write(table);
        foreach (var silo in report.Silos)
        {
            foreach (var missing in silo.Report?.Missing ?? [])
                AnsiConsole.MarkupLineInterpolated($"[red]{silo.Name}: {missing}[/]");
            foreach (var note in silo.Report?.Notes ?? [])
                AnsiConsole.MarkupLineInterpolated($"[yellow]{silo.Name}: {note}[/]");
        }
        foreach (var tenant in report.Silos.SelectMany(static silo => Tenants(silo.Report)).Where(static tenant => tenant.Model is not null).GroupBy(static tenant => tenant.Tenant, StringComparer.Ordinal))
        {
            var models = tenant.Select(static one => one.Model).Distinct(StringComparer.Ordinal).Count();
            if (models > 1)
                AnsiConsole.MarkupLineInterpolated($"[yellow]Tenant {tenant.Key} is served with {models} different models.[/]");
        }
        AnsiConsole.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"Cluster {report.Cluster}: {report.Silos.Count(static silo => silo.Ready)} of {report.Silos.Length} silos ready; {report.Departed} that have left are still listed."));
    }

    private static string Models(SiloReport? report) => Tenants(report) switch
    {
        [] => "",
        [var only] => only.Model ?? "",
        var several => Markup.Escape(string.Join("\n", several.Select(static tenant => $"{tenant.Tenant}: {tenant.Model ?? "none"}"))),
    };

    /// <summary>What is served; a build that serves one tenant alone says that of the one.</summary>
    private static ImmutableArray<TenantReport> Tenants(SiloReport? report) =>
        report is null ? [] : report.Tenants ?? [new TenantReport(Identifier.DefaultTenant, report.Model, 0)];
}
