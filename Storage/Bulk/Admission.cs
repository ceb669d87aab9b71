using AgentRec.Domain;
using AgentRec.Storage.Erasure;

namespace AgentRec.Storage.Bulk;

/// <summary>Decides which interactions of a load may go in, and which items they bring with them.</summary>
/// <param name="inventsItems">True to make unknown items; see <see cref="BulkLoadSource"/>.</param>
/// <param name="erased">Who must not come back.</param>
internal sealed class Admission(bool inventsItems, ErasedUsers erased)
{
    private readonly HashSet<string> _items = new(StringComparer.Ordinal);

    /// <summary>Why an interaction is left out whose id another one has.</summary>
    /// <param name="interactionId">The id.</param>
    public static string OtherContent(string interactionId) => $"interaction '{interactionId}' exists with other content";

    /// <summary>An item is in the catalogue, or about to be.</summary>
    /// <param name="itemId">The item.</param>
    public void Know(string itemId) => _items.Add(itemId);

    /// <summary>Examines an interaction.</summary>
    /// <param name="interaction">The interaction.</param>
    /// <param name="invented">An item that has to be made for it.</param>
    /// <returns>Why it is left out; null when it may go in.</returns>
    public string? Refuse(Interaction interaction, out Item? invented)
    {
        invented = null;
        if (interaction.Problem() is { } problem)
            return $"{problem.Field} {problem.Problem}";
        if (erased.Refuse(interaction) is { } reason)
            return reason;
        if (_items.Contains(interaction.ItemId))
            return null;
        if (!inventsItems)
            return $"unknown item '{interaction.ItemId}'";
        _items.Add(interaction.ItemId);
        invented = new Item(interaction.ItemId, interaction.ItemId, null, Item.NoFacets, null);
        return null;
    }

    /// <summary>An interaction as it is kept: with whole milliseconds.</summary>
    /// <param name="interaction">The interaction.</param>
    public static Interaction Kept(Interaction interaction) =>
        interaction with { Timestamp = interaction.Timestamp is { } moment ? Timestamps.ToMillisecond(moment) : null };
}
