using AgentRec.Domain;
using AgentRec.Import.Rows;

namespace AgentRec.Import.Formats;

/// <summary>What every layout asks of its items: a valid id, stated once.</summary>
internal sealed class ItemChecks
{
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    /// <summary>Says what is wrong with an item's id, or null.</summary>
    /// <param name="itemId">The id.</param>
    public string? Problem(string? itemId)
    {
        if (Identifier.Problem(itemId) is { } problem)
            return $"itemId {problem}";
        return _seen.Add(itemId!) ? null : $"item {Quote.Of(itemId!)} is stated twice";
    }

    /// <summary>True when an item of this id was stated.</summary>
    /// <param name="itemId">The id.</param>
    public bool HasSeen(string itemId) => _seen.Contains(itemId);
}
