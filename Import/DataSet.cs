using AgentRec.Domain;

namespace AgentRec.Import;

/// <summary>A data folder in memory.</summary>
/// <param name="Items">The items, in the order of their file, or of their first interaction where no file states them.</param>
/// <param name="Interactions">The interactions, in the order of their file.</param>
public sealed record DataSet(IReadOnlyList<Item> Items, IReadOnlyList<Interaction> Interactions)
{
    /// <summary>Reads a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="rejected">Told of rows that are left out.</param>
    internal static DataSet Of(DataFolder folder, Action<RejectedRow> rejected)
    {
        var items = folder.ReadItems(rejected).Select(item => item.Value).ToList();
        var known = items.Select(item => item.ItemId).ToHashSet(StringComparer.Ordinal);
        var interactions = new List<Interaction>();
        var byId = new Dictionary<string, Interaction>(StringComparer.Ordinal);
        foreach (var (interaction, file, line) in folder.ReadInteractions(rejected))
        {
            if (!known.Contains(interaction.ItemId))
            {
                if (folder.StatesItems)
                {
                    rejected(new RejectedRow(file, line, $"unknown item '{interaction.ItemId}'"));
                    continue;
                }
                known.Add(interaction.ItemId);
                items.Add(new Item(interaction.ItemId, interaction.ItemId, null, Item.NoFacets, null));
            }
            if (byId.TryAdd(interaction.InteractionId, interaction))
                interactions.Add(interaction);
            else if (byId[interaction.InteractionId] != interaction)
                rejected(new RejectedRow(file, line, $"interaction '{interaction.InteractionId}' exists with other content"));
        }
        return new DataSet(items, interactions);
    }
}
