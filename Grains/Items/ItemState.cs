using AgentRec.Domain;

namespace AgentRec.Grains.Items;

/// <summary>What an item agent keeps, as it is stored. Its counts are in the exposure ledger; those in here are of old and move there.</summary>
public sealed class ItemState
{
    /// <summary>The name of the state; distinct for each class of agent.</summary>
    public const string Name = "item-standing";

    /// <summary>When the agent first woke up, Unix milliseconds in domain time.</summary>
    public long FirstSeen { get; set; }

    /// <summary>How often the item was shown, by audience segment.</summary>
    public SortedDictionary<int, long> Exposures { get; set; } = [];

    /// <summary>How often a showing was received well, by audience segment.</summary>
    public SortedDictionary<int, long> Receptions { get; set; } = [];

    /// <summary>How often a showing was received badly, by audience segment.</summary>
    public SortedDictionary<int, long> Rejections { get; set; } = [];

    internal bool HasCounts => Exposures.Count + Receptions.Count + Rejections.Count > 0;

    /// <summary>Strikes the counts out.</summary>
    /// <returns>What they were, by segment.</returns>
    internal IReadOnlyList<(int Segment, ExposureCounts Counts)> TakeCounts()
    {
        (int, ExposureCounts)[] taken =
        [
            .. Exposures.Keys.Union(Receptions.Keys).Union(Rejections.Keys).Order().Select(segment => (segment, new ExposureCounts(
                Exposures.GetValueOrDefault(segment), Receptions.GetValueOrDefault(segment), Rejections.GetValueOrDefault(segment)))),
        ];
        (Exposures, Receptions, Rejections) = ([], [], []);
        return taken;
    }
}
