using AgentRec.Domain;
using AgentRec.Import;

namespace AgentRec.Tests.Unit.Import;

/// <summary>What a folder yields, in one piece.</summary>
internal sealed record FolderContent(List<Item> Items, List<Interaction> Interactions, List<string> Rejected)
{
    public static FolderContent Of(TempFolder folder, DataFormat format = DataFormat.Auto)
    {
        var rejected = new List<string>();
        var data = DataFolder.Open(folder.Path, format);
        var items = data.ReadItems(row => rejected.Add(row.ToString())).Select(item => item.Value).ToList();
        var interactions = data.ReadInteractions(row => rejected.Add(row.ToString())).Select(item => item.Value).ToList();
        return new FolderContent(items, interactions, rejected);
    }

    public string ItemIds => string.Join(' ', Items.Select(item => item.ItemId));

    public string InteractionIds => string.Join(' ', Interactions.Select(interaction => interaction.InteractionId));

    public static string Facet(Item item, string name) => string.Join('|', item.Values(name));
}
