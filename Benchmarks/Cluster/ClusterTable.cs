using System.Collections.Immutable;
using System.Globalization;
using Spectre.Console;

namespace AgentRec.Benchmarks.Cluster;

/// <summary>Prints what the benchmark of a cluster found.</summary>
internal static class ClusterTable
{
    private const int Width = 130;

    /// <summary>Prints.</summary>
    /// <param name="report">The report.</param>
    public static void Print(ClusterReport report)
    {
        AnsiConsole.Profile.Width = Math.Max(AnsiConsole.Profile.Width, Width);
        AnsiConsole.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{report.Dataset} ({report.Models}): {report.Users} users, {report.Sessions} turns at once, medians of {report.Shapes[0].Rounds.Length} rounds of {report.SecondsPerRound} s"));
        var rates = new Table().AddColumns("shape", "turns a second", "ratio", "processor ms a turn", "ratio", "p50 ms", "degraded", "failed", "memory MiB");
        foreach (var shape in report.Shapes)
        {
            rates.AddRow(
                shape.Name, Middle(shape, static round => round.TurnsPerSecond), Number(report.RateRatio(shape)),
                Middle(shape, static round => round.ProcessorMilliseconds), Number(report.ProcessorRatio(shape)),
                Middle(shape, static round => round.MedianMilliseconds), Middle(shape, static round => round.DegradedPart), Number(shape.Rounds.Sum(static round => round.Failed)), Number(shape.ResidentMebibytes));
        }
        AnsiConsole.Write(rates);

        var database = new Table().AddColumn("database, by turn");
        foreach (var shape in report.Shapes)
            database.AddColumn(shape.Name);
        Row("transactions", static cost => cost.Commits);
        Row("flushes of the log", static cost => cost.Flushes);
        Row("bytes of the log", static cost => cost.LogBytes);
        foreach (var table in Tables(report, static cost => cost.Rows))
            Row($"rows written, {table}", cost => cost.Rows.GetValueOrDefault(table));
        foreach (var table in Tables(report, static cost => cost.Bytes))
            Row($"bytes, {table}", cost => cost.Bytes.GetValueOrDefault(table));
        AnsiConsole.Write(database);

        void Row(string name, Func<DatabaseCost, double> figure) => database.AddRow([name, .. report.Shapes.Select(shape => Number(figure(shape.Database)))]);
    }

    private static IEnumerable<string> Tables(ClusterReport report, Func<DatabaseCost, ImmutableSortedDictionary<string, double>> by) =>
        report.Shapes.SelectMany(shape => by(shape.Database).Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    private static string Middle(ShapeReport shape, Func<Round, double> figure) => Number(ClusterReport.Median(shape.Rounds.Select(figure)));

    private static string Number(double value) => value.ToString(Math.Abs(value) < 100 ? "0.###" : "N0", CultureInfo.InvariantCulture);
}
