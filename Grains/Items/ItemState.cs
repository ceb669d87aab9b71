namespace AgentRec.Grains.Items;

/// <summary>What an item agent keeps, as it is stored. A crash may lose counts that were not flushed; none counts twice.</summary>
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
}
