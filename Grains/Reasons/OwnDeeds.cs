using System.Collections.Immutable;
using AgentRec.Domain;
using AgentRec.Recommenders.Memory;

namespace AgentRec.Grains.Reasons;

/// <summary>
/// The items of a user's own history that may speak for others: those that the user took to and has not taken back since, with
/// what was done. It is read from memory, and so knows ratings of the newest <see cref="UserMemory.EpisodicCapacity"/>
/// interactions; of older ones it knows only that the item was received well.
/// </summary>
internal sealed class OwnDeeds
{
    private readonly Dictionary<int, Deed> _deeds = [];

    private OwnDeeds(UserMemory memory)
    {
        var newest = new Dictionary<int, EpisodicEntry>();
        foreach (var entry in memory.Recent.Where(entry => entry.Type is not (InteractionType.View or InteractionType.Dismiss)))
            newest[entry.Item] = entry;
        var items = ImmutableArray.CreateBuilder<int>(memory.Positives.Count);
        foreach (var positive in memory.Positives)
        {
            if (Read(newest, positive.Item) is not { } deed)
                continue;
            _deeds[positive.Item] = deed;
            items.Add(positive.Item);
        }
        Items = items.DrainToImmutable();
    }

    /// <summary>Handles of the items, oldest first.</summary>
    public ImmutableArray<int> Items { get; }

    /// <summary>Reads a memory as it stands; what is read does not change with it.</summary>
    /// <param name="memory">The memory.</param>
    public static OwnDeeds Of(UserMemory memory) => new(memory);

    /// <summary>What was done with an item; null when it speaks for nothing.</summary>
    /// <param name="item">The item's handle.</param>
    public Deed? Find(int item) => _deeds.TryGetValue(item, out var deed) ? deed : null;

    private static Deed? Read(Dictionary<int, EpisodicEntry> newest, int item) => newest.TryGetValue(item, out var entry)
        ? entry switch
        {
            { Type: InteractionType.Rate, Value: >= Interaction.PositiveRating } => new Deed(DeedKind.Rated, entry.Value),
            { Type: InteractionType.Like } => new Deed(DeedKind.Liked),
            { Type: InteractionType.Consume } => new Deed(DeedKind.Chose),
            // It was received well once, and worse since.
            _ => null,
        }
        : new Deed(DeedKind.TookTo);
}
