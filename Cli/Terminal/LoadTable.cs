using System.Globalization;
using AgentRec.Cli.Load;
using Spectre.Console;

namespace AgentRec.Cli.Terminal;

/// <summary>Prints what a load found.</summary>
internal static class LoadTable
{
    private const int Width = 120;

    /// <summary>Prints.</summary>
    /// <param name="report">The report.</param>
    public static void Print(LoadReport report)
    {
        AnsiConsole.Profile.Width = Math.Max(AnsiConsole.Profile.Width, Width);
        var table = new Table().AddColumns("rate", "requests", "due", "succeeded", "failed", "not started", "p50", "p95", "p99", "p99.9", "greatest", "errors");
        foreach (var rate in report.Rates)
        {
            table.AddRow(Row(rate.Rate, "all", rate.All));
            foreach (var (kind, figures) in rate.Kinds)
                table.AddRow(Row(rate.Rate, kind.ToString().ToLowerInvariant(), figures));
        }
        AnsiConsole.Write(table);
        foreach (var rate in report.Rates)
        {
            AnsiConsole.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{rate.Rate:0.##} a second: {rate.SucceededPerSecond:0.#} a second succeeded; requests started {rate.StartedLate?.P50 ?? 0:F2} ms late at the median, {rate.StartedLate?.P99 ?? 0:F2} at p99"));
        }
    }

    private static string[] Row(double rate, string name, KindFigures figures) =>
    [
        rate.ToString("0.##", CultureInfo.InvariantCulture), name, Count(figures.Offered), Count(figures.Succeeded), Count(figures.Failed), Count(figures.NotStarted),
        .. figures.Latency is { } latency ? new[] { Time(latency.P50), Time(latency.P95), Time(latency.P99), Time(latency.P999), Time(latency.Greatest) } : ["", "", "", "", ""],
        string.Join(", ", figures.Errors.Select(static error => string.Create(CultureInfo.InvariantCulture, $"{error.Key}: {error.Value}"))),
    ];

    private static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private static string Time(double milliseconds) => milliseconds.ToString(milliseconds < 100 ? "F2" : "N0", CultureInfo.InvariantCulture);
}
