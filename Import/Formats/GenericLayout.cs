using AgentRec.Domain;
using AgentRec.Import.Rows;

namespace AgentRec.Import.Formats;

/// <summary>The project's own pair of files, each as JSON lines or csv; either may be absent.</summary>
/// <param name="items">The file of items, if there is one.</param>
/// <param name="interactions">The file of interactions, if there is one.</param>
internal sealed class GenericLayout(DataFile? items, DataFile? interactions) : IDataLayout
{
    /// <inheritdoc/>
    public string Name => "generic";

    /// <inheritdoc/>
    public bool StatesItems => items is not null;

    /// <inheritdoc/>
    public IEnumerable<Sourced<Item>> ReadItems(Action<RejectedRow> rejected)
    {
        if (items is null)
            return [];
        return IsJson(items) ? GenericJson.Items(items, rejected) : GenericCsv.Items(items, rejected);
    }

    /// <inheritdoc/>
    public IEnumerable<Sourced<Interaction>> ReadInteractions(Action<RejectedRow> rejected)
    {
        if (interactions is null)
            return [];
        return IsJson(interactions) ? GenericJson.Interactions(interactions, rejected) : GenericCsv.Interactions(interactions, rejected);
    }

    private static bool IsJson(DataFile file) => file.Name.EndsWith(".jsonl", StringComparison.Ordinal);
}
