using System.Collections.Immutable;

namespace AgentRec.Benchmarks.Cluster;

/// <summary>What the benchmark of a cluster found.</summary>
/// <param name="Dataset">The data folder's name.</param>
/// <param name="Models">The scorers of the model that was served.</param>
/// <param name="Users">How many users took turns.</param>
/// <param name="Sessions">How many turns were under way at once.</param>
/// <param name="SecondsPerRound">How long each shape was driven in a round.</param>
/// <param name="Shapes">The shapes; the first is what the others are held against.</param>
internal sealed record ClusterReport(
    string Dataset, string Models, int Users, int Sessions, double SecondsPerRound, ImmutableArray<ShapeReport> Shapes)
{
    /// <summary>Turns a second through those of the first shape: the median over rounds, each held against the same round.</summary>
    /// <param name="shape">The shape.</param>
    public double RateRatio(ShapeReport shape) => Ratio(shape, static round => round.TurnsPerSecond);

    /// <summary>Processor time of a turn through that of the first shape: the median over rounds, each held against the same round.</summary>
    /// <param name="shape">The shape.</param>
    public double ProcessorRatio(ShapeReport shape) => Ratio(shape, static round => round.ProcessorMilliseconds);

    private double Ratio(ShapeReport shape, Func<Round, double> figure) =>
        Math.Round(Median(shape.Rounds.Zip(Shapes[0].Rounds, (one, reference) => figure(one) / figure(reference))), 2);

    /// <summary>The middle one.</summary>
    /// <param name="values">At least one value.</param>
    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }
}

/// <summary>The figures of one shape.</summary>
/// <param name="Name">What it is.</param>
/// <param name="ResidentMebibytes">The memory of all its processes after the last round, in MiB.</param>
/// <param name="Rounds">By round.</param>
/// <param name="Database">What a turn costs the database.</param>
internal sealed record ShapeReport(string Name, double ResidentMebibytes, ImmutableArray<Round> Rounds, DatabaseCost Database);

/// <summary>A round of one shape.</summary>
/// <param name="Turns">Turns that were answered.</param>
/// <param name="TurnsPerSecond">The same by time.</param>
/// <param name="ProcessorMilliseconds">Processor time of all processes of the shape for a turn.</param>
/// <param name="MedianMilliseconds">How long the client waited for a turn, in the middle.</param>
/// <param name="DegradedPart">The part of turns that went on without something.</param>
/// <param name="Failed">Turns that were not answered, and taken again.</param>
internal sealed record Round(int Turns, double TurnsPerSecond, double ProcessorMilliseconds, double MedianMilliseconds, double DegradedPart, int Failed);

/// <summary>What a turn costs the database, over all turns of a shape.</summary>
/// <param name="Turns">How many turns it is divided by.</param>
/// <param name="Commits">Transactions.</param>
/// <param name="Flushes">Flushes of the server's log.</param>
/// <param name="LogBytes">Bytes of the server's log.</param>
/// <param name="Rows">Rows written, by table.</param>
/// <param name="Bytes">Bytes by which tables grew.</param>
internal sealed record DatabaseCost(
    long Turns, double Commits, double Flushes, double LogBytes, ImmutableSortedDictionary<string, double> Rows, ImmutableSortedDictionary<string, double> Bytes)
{
    /// <summary>The difference of two readings, by turn.</summary>
    /// <param name="before">Read before the turns.</param>
    /// <param name="after">Read after them.</param>
    /// <param name="turns">How many there were.</param>
    /// <param name="logBytes">Bytes of the server's log in the same time, as far as they are this shape's.</param>
    /// <param name="flushes">Flushes in the same time, as far as they are this shape's.</param>
    public static DatabaseCost Of(DatabaseCounters before, DatabaseCounters after, long turns, double logBytes, long flushes) => new(
        turns, Each(after.Commits - before.Commits, turns), Each(flushes, turns), Each(logBytes, turns),
        Difference(before.Rows, after.Rows, turns), Difference(before.Bytes, after.Bytes, turns));

    private static ImmutableSortedDictionary<string, double> Difference(
        ImmutableSortedDictionary<string, long> before, ImmutableSortedDictionary<string, long> after, long turns) => after
        .Select(table => KeyValuePair.Create(table.Key, Each(table.Value - before.GetValueOrDefault(table.Key), turns)))
        .Where(table => table.Value != 0).ToImmutableSortedDictionary(StringComparer.Ordinal);

    private static double Each(double count, long turns) => Math.Round(count / turns, 3);
}
