using System.Collections.Immutable;
using AgentRec.Domain;

namespace AgentRec.Negotiation.ItemAgency;

/// <summary>
/// A ledger that deltas of many writers are merged into. Deltas of different writers may be merged in any order; one that was
/// merged before, or that a later one of the same writer has overtaken, changes nothing: counts may be lost, never counted twice.
/// </summary>
/// <param name="Snapshot">What is counted.</param>
/// <param name="Writers">The last sequence of each writer, the writer heard of longest ago first.</param>
public sealed record ExposureLedger(ExposureSnapshot Snapshot, ImmutableList<WriterMark> Writers)
{
    /// <summary>
    /// How many writers are remembered. A writer is one life of one process and repeats a delta within seconds, so that the one
    /// heard of longest ago repeats nothing any more.
    /// </summary>
    public const int GreatestWriters = 1024;

    /// <summary>A ledger without counts.</summary>
    public static ExposureLedger Empty { get; } = new(ExposureSnapshot.Empty, []);

    /// <summary>The ledger with a delta merged in; the very same ledger when the delta has nothing new.</summary>
    /// <param name="delta">The delta.</param>
    public ExposureLedger Merge(ExposureDelta delta)
    {
        var place = Writers.FindIndex(mark => string.Equals(mark.Writer, delta.Writer, StringComparison.Ordinal));
        if (place >= 0 && Writers[place].Sequence >= delta.Sequence)
            return this;
        var writers = place >= 0 ? Writers.RemoveAt(place) : Writers.Count == GreatestWriters ? Writers.RemoveAt(0) : Writers;
        return new ExposureLedger(Snapshot.Add(delta.Entries, Snapshot.Version + 1), writers.Add(new WriterMark(delta.Writer, delta.Sequence)));
    }
}

/// <summary>How far a writer's deltas have been merged.</summary>
/// <param name="Writer">The writer.</param>
/// <param name="Sequence">The sequence of its last delta.</param>
public readonly record struct WriterMark(string Writer, long Sequence);
