using System.Collections.Immutable;
using AgentRec.Domain;

namespace AgentRec.Negotiation.ItemAgency;

/// <summary>What a ledger knows of one item: by audience segment, and all segments together.</summary>
public sealed record ItemExposure
{
    private readonly ImmutableSortedDictionary<int, ExposureCounts> _segments;

    private ItemExposure(ImmutableSortedDictionary<int, ExposureCounts> segments, ExposureCounts overall) => (_segments, Overall) = (segments, overall);

    /// <summary>An item that was never shown.</summary>
    public static ItemExposure None { get; } = new(ImmutableSortedDictionary<int, ExposureCounts>.Empty, default);

    /// <summary>All segments together.</summary>
    public ExposureCounts Overall { get; }

    /// <summary>The segments that anything was counted in, ascending.</summary>
    public IEnumerable<KeyValuePair<int, ExposureCounts>> Segments => _segments;

    /// <summary>What was counted before one segment.</summary>
    /// <param name="segment">The audience segment.</param>
    public ExposureCounts In(int segment) => _segments.GetValueOrDefault(segment);

    /// <summary>The item with more counted.</summary>
    /// <param name="segment">The audience segment.</param>
    /// <param name="counts">What is added.</param>
    public ItemExposure With(int segment, ExposureCounts counts) => new(_segments.SetItem(segment, In(segment) + counts), Overall + counts);
}
