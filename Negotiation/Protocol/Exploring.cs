using System.Collections.Immutable;
using AgentRec.Domain;
using AgentRec.Negotiation.Rules;

namespace AgentRec.Negotiation.Protocol;

/// <summary>The place that a slate keeps for an item nobody has met yet, as a rule of the search.</summary>
internal static class Exploring
{
    /// <summary>The column, or null when none of the new items is in the window.</summary>
    /// <param name="window">The candidates.</param>
    /// <param name="items">The new items, by handle.</param>
    /// <param name="places">How many places they are given.</param>
    /// <param name="length">The length of the slate.</param>
    public static RuleColumn? Column(ImmutableArray<Candidate> window, ImmutableArray<int> items, int places, int length)
    {
        var explored = items.ToHashSet();
        if (!window.Any(candidate => explored.Contains(candidate.Handle)))
            return null;
        var rule = new Rule("exploration", RuleType.Count, null, [], places, places, ForEach: false, null, RuleSeverity.Hard, int.MinValue, 0, null);
        return RuleColumn.OfMembers(
            rule, ColumnUnit.Items, new ColumnSource(window.Length, length, _ => [], null), ColumnBounds.Of(places, null), place => explored.Contains(window[place].Handle));
    }
}
