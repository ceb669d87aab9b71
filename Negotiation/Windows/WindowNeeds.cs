using System.Collections.Immutable;
using AgentRec.Domain;

namespace AgentRec.Negotiation.Windows;

/// <summary>What the active bounds of a rule set need a window to hold.</summary>
/// <param name="Needs">The needs, one a bound.</param>
public sealed record WindowNeeds(ImmutableArray<WindowNeed> Needs)
{
    /// <summary>No needs: the window is the best by rank.</summary>
    public static WindowNeeds None { get; } = new([]);

    /// <summary>Reads the needs off a rule set.</summary>
    /// <param name="rules">The rule set in force.</param>
    /// <param name="slateSize">k.</param>
    public static WindowNeeds From(RuleSet rules, int slateSize) => None;
}

/// <summary>One need.</summary>
/// <param name="Facet">The facet.</param>
/// <param name="Values">The values that items must carry (or not carry); empty: the need is spread over all values.</param>
/// <param name="Count">How many such items a slate needs; for a spread, how many different values.</param>
/// <param name="Without">True when items that carry none of the values are needed.</param>
public sealed record WindowNeed(string Facet, ImmutableArray<string> Values, int Count, bool Without);
