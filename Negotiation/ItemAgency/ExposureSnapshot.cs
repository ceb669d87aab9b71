using System.Collections.Immutable;
using AgentRec.Domain;

namespace AgentRec.Negotiation.ItemAgency;

/// <summary>
/// Exposure and reception of all items at one moment. Bids read a snapshot, and a certificate names the version that they read.
/// </summary>
/// <param name="Version">How many deltas have been merged into it; it rises with each.</param>
/// <param name="Totals">All items together.</param>
/// <param name="Items">The items that anything was counted of, by id.</param>
public sealed record ExposureSnapshot(long Version, ExposureCounts Totals, ImmutableDictionary<string, ItemExposure> Items)
{
    /// <summary>Nothing was shown yet.</summary>
    public static ExposureSnapshot Empty { get; } = new(0, default, ImmutableDictionary.Create<string, ItemExposure>(StringComparer.Ordinal));

    /// <summary>What is known of an item.</summary>
    /// <param name="itemId">The item.</param>
    public ItemExposure Of(string itemId) => Items.GetValueOrDefault(itemId) ?? ItemExposure.None;

    /// <summary>What an item agent may go by when it bids for a place before an audience segment.</summary>
    /// <param name="itemId">The item.</param>
    /// <param name="segment">The audience segment.</param>
    /// <param name="ageDays">Days since the item entered the catalogue.</param>
    /// <param name="catalogueSize">The number of items in the catalogue.</param>
    public ItemEvidence Evidence(string itemId, int segment, double ageDays, int catalogueSize)
    {
        var item = Of(itemId);
        var (here, overall) = (item.In(segment), item.Overall);
        return new ItemEvidence(
            overall.Exposures, overall.Receptions, ageDays, catalogueSize == 0 ? 0 : Totals.Exposures / (double)catalogueSize, MeanReception)
        {
            SegmentExposures = here.Exposures,
            SegmentReceived = here.Receptions,
        };
    }

    /// <summary>The part of all showings that were received well; a tenth until there are any.</summary>
    public double MeanReception => (Totals.Receptions + 1) / (Totals.Exposures + 10.0);

    /// <summary>Everything counted, in ordinal order of items, segments ascending.</summary>
    public IEnumerable<SegmentExposure> Entries => Items.Keys.Order(StringComparer.Ordinal).SelectMany(EntriesOf);

    /// <summary>Everything counted of an item, segments ascending.</summary>
    /// <param name="itemId">The item.</param>
    public IEnumerable<SegmentExposure> EntriesOf(string itemId) => Of(itemId).Segments.Select(segment => new SegmentExposure(itemId, segment.Key, segment.Value));

    /// <summary>A snapshot that knows nothing of some items.</summary>
    /// <param name="itemIds">The items.</param>
    public ExposureSnapshot Without(IEnumerable<string> itemIds)
    {
        var (items, totals) = (Items.ToBuilder(), Totals);
        foreach (var itemId in itemIds)
        {
            if (items.TryGetValue(itemId, out var gone) && items.Remove(itemId))
                totals -= gone.Overall;
        }
        return this with { Totals = totals, Items = items.ToImmutable() };
    }

    /// <summary>A snapshot with more counted.</summary>
    /// <param name="entries">What is added.</param>
    /// <param name="version">The new version.</param>
    public ExposureSnapshot Add(IEnumerable<SegmentExposure> entries, long version)
    {
        var (items, totals) = (Items.ToBuilder(), Totals);
        foreach (var entry in entries)
        {
            items[entry.ItemId] = (items.GetValueOrDefault(entry.ItemId) ?? ItemExposure.None).With(entry.Segment, entry.Counts);
            totals += entry.Counts;
        }
        return new ExposureSnapshot(version, totals, items.ToImmutable());
    }
}
