using System.Collections.Immutable;

namespace AgentRec.Benchmarks.Turns;

/// <summary>What the benchmark of turns found.</summary>
/// <param name="Dataset">The data folder's name.</param>
/// <param name="Users">How many users took turns.</param>
/// <param name="SecondsPerLevel">How long each figure was measured.</param>
/// <param name="ResidentBefore">The node's memory before the load, in MiB.</param>
/// <param name="ResidentAfter">The node's memory after it, in MiB.</param>
/// <param name="FirstEvent">From a request to the first event of its stream, one turn after the other, in milliseconds.</param>
/// <param name="Levels">By the number of concurrent sessions.</param>
internal sealed record TurnsReport(
    string Dataset, int Users, double SecondsPerLevel, double ResidentBefore, double ResidentAfter, Distribution FirstEvent, ImmutableArray<Level> Levels);

/// <summary>The figures of one number of concurrent sessions.</summary>
/// <param name="Sessions">The number.</param>
/// <param name="Turns">Negotiated turns.</param>
/// <param name="Constant">The same endpoint asked again for a finished turn: HTTP and the session alone.</param>
/// <param name="ProcessorMilliseconds">The node's processor time per negotiated turn.</param>
/// <param name="Stages">Where a turn spends its time, in milliseconds.</param>
internal sealed record Level(
    int Sessions, Throughput Turns, Throughput Constant, double ProcessorMilliseconds, ImmutableSortedDictionary<string, Distribution> Stages);
