using System.Globalization;
using Spectre.Console;

namespace AgentRec.Benchmarks.Turns;

/// <summary>Prints what the benchmark of turns found.</summary>
internal static class TurnsTable
{
    private const int Width = 110;

    /// <summary>Prints.</summary>
    /// <param name="report">The report.</param>
    public static void Print(TurnsReport report)
    {
        AnsiConsole.Profile.Width = Math.Max(AnsiConsole.Profile.Width, Width);
        AnsiConsole.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{report.Dataset}: {report.Users} users, {report.SecondsPerLevel} s per figure, milliseconds unless said"));
        var rates = new Table().AddColumns("sessions", "endpoint", "per second", "p50", "p95", "p99", "greatest", "node's CPU per turn");
        foreach (var level in report.Levels)
        {
            rates.AddRow(Row(level.Sessions, "negotiated turn", level.Turns, Number(level.ProcessorMilliseconds)));
            rates.AddRow(Row(level.Sessions, "constant answer", level.Constant, ""));
        }
        AnsiConsole.Write(rates);

        var profile = new Table().AddColumn("stage");
        foreach (var level in report.Levels)
            profile.AddColumns($"{level.Sessions}: mean", $"{level.Sessions}: p95");
        foreach (var stage in report.Levels[0].Stages.Keys)
            profile.AddRow([stage, .. report.Levels.SelectMany(level => new[] { Number(level.Stages[stage].Mean), Number(level.Stages[stage].P95) })]);
        AnsiConsole.Write(profile);
        AnsiConsole.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"first event of a stream, {report.FirstEvent.Count} turns one after the other: p50 {report.FirstEvent.P50:F2}, p95 {report.FirstEvent.P95:F2}, greatest {report.FirstEvent.Greatest:F2}"));
        AnsiConsole.WriteLine(string.Create(CultureInfo.InvariantCulture, $"node's memory: {report.ResidentBefore} MiB before, {report.ResidentAfter} MiB after"));
    }

    private static string[] Row(int sessions, string endpoint, Throughput throughput, string processor) =>
    [
        sessions.ToString(CultureInfo.InvariantCulture), endpoint, Number(throughput.PerSecond), Number(throughput.Latency.P50), Number(throughput.Latency.P95),
        Number(throughput.Latency.P99), Number(throughput.Latency.Greatest), processor,
    ];

    private static string Number(double value) => value.ToString(value < 100 ? "F2" : "N0", CultureInfo.InvariantCulture);
}
