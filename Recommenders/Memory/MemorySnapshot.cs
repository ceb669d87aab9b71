using System.Collections.Immutable;
using AgentRec.Domain;

namespace AgentRec.Recommenders.Memory;

/// <summary>
/// The state of a <see cref="UserMemory"/> as it is kept: what the log said up to a sequence. Losing it loses nothing, since
/// the log can be folded again. Times are Unix milliseconds; items are handles.
/// </summary>
/// <param name="Format">The version of this layout.</param>
/// <param name="Sequence">The last sequence folded in.</param>
/// <param name="Interactions">How many interactions were folded in.</param>
/// <param name="Shown">How many items were shown.</param>
/// <param name="LastActive">The time of the newest interaction; null before the first.</param>
/// <param name="Positives">Items taken to with the time, in the order of the log; each once.</param>
/// <param name="Consumed">All items ever consumed, ascending.</param>
/// <param name="Recent">The newest interactions, oldest first.</param>
/// <param name="Affinities">Facet affinities in ordinal order of facet and value.</param>
/// <param name="Stated">Stated preferences in ordinal order of facet and value.</param>
/// <param name="Exposures">Recent showings by item, ascending.</param>
public sealed record MemorySnapshot(
    int Format,
    long Sequence,
    int Interactions,
    int Shown,
    long? LastActive,
    ImmutableArray<TimedItem> Positives,
    ImmutableArray<int> Consumed,
    ImmutableArray<EpisodicEntry> Recent,
    ImmutableArray<Affinity> Affinities,
    ImmutableArray<Correction> Stated,
    ImmutableArray<ExposureEntry> Exposures)
{
    /// <summary>The layout that this build writes.</summary>
    public const int CurrentFormat = 1;

    /// <summary>The memory of a new user.</summary>
    public static MemorySnapshot Empty { get; } = new(CurrentFormat, 0, 0, 0, null, [], [], [], [], [], []);
}

/// <summary>An item and a moment.</summary>
/// <param name="Item">The item's handle.</param>
/// <param name="At">Unix milliseconds.</param>
public readonly record struct TimedItem(int Item, long At);

/// <summary>One interaction as episodic memory keeps it.</summary>
/// <param name="Item">The item's handle.</param>
/// <param name="Type">What was done.</param>
/// <param name="Value">The rating, for ratings.</param>
/// <param name="At">Unix milliseconds.</param>
public readonly record struct EpisodicEntry(int Item, InteractionType Type, double? Value, long At);

/// <summary>A leaning towards or away from a facet value.</summary>
/// <param name="Facet">The facet.</param>
/// <param name="Value">The value.</param>
/// <param name="Signal">Sum of the signals, each in [-1,1], decayed to <paramref name="At"/>.</param>
/// <param name="Mass">Sum of the signals' magnitudes, decayed to <paramref name="At"/>.</param>
/// <param name="Count">How many interactions it rests on.</param>
/// <param name="At">The time of the newest of them, Unix milliseconds.</param>
public sealed record Affinity(string Facet, string Value, double Signal, double Mass, int Count, long At);

/// <summary>When an item was shown.</summary>
/// <param name="Item">The item's handle.</param>
/// <param name="At">Unix milliseconds, in order.</param>
public sealed record ExposureEntry(int Item, ImmutableArray<long> At);
