using System.Collections.Immutable;
using AgentRec.Domain;

namespace AgentRec.Negotiation.Windows;

/// <summary>What the active bounds of a rule set need a window to hold.</summary>
/// <param name="Needs">The needs, in the rule set's order.</param>
public sealed record WindowNeeds(ImmutableArray<WindowNeed> Needs)
{
    /// <summary>No needs: the window is the best by rank.</summary>
    public static WindowNeeds None { get; } = new([]);

    /// <summary>
    /// Reads the needs off a rule set. Totals need nothing in particular: where the best candidates do not satisfy them the
    /// window is widened.
    /// </summary>
    /// <param name="rules">The rule set in force.</param>
    /// <param name="slateSize">k.</param>
    public static WindowNeeds From(RuleSet rules, int slateSize) =>
        new([.. rules.Rules.Where(rule => rule.Severity != RuleSeverity.Safety).SelectMany(rule => Of(rule, slateSize))]);

    private static IEnumerable<WindowNeed> Of(Rule rule, int slateSize)
    {
        switch (rule.Type)
        {
            case RuleType.Count when rule.ForEach:
                if (rule.AtMost is > 0 and var each && each < slateSize)
                    yield return new WindowNeed(rule.Facet!, [], (int)Math.Ceiling(slateSize / Math.Floor(Math.Max(1, each))), (int)Math.Max(1, each), Without: false) { IsCap = true };
                break;
            case RuleType.Count:
                if (rule.AtLeast is > 0 and var least)
                    yield return new WindowNeed(rule.Facet!, rule.Values, 1, (int)Math.Min(slateSize, Math.Ceiling(least)), Without: false);
                if (rule.AtMost is { } most && most < slateSize)
                    yield return new WindowNeed(rule.Facet!, rule.Values, 1, slateSize - (int)most, Without: true);
                break;
            case RuleType.Exclude:
                yield return new WindowNeed(rule.Facet!, rule.Values, 1, slateSize, Without: true);
                break;
            case RuleType.Distinct when rule.AtLeast is > 0 and var different:
                yield return new WindowNeed(rule.Facet!, rule.Values, (int)Math.Min(1000, Math.Ceiling(different)), 1, Without: false) { IsSpread = true };
                break;
            default:
                break;
        }
    }
}

/// <summary>One need: so many items of a kind, or so many values with so many items each.</summary>
/// <param name="Facet">The facet.</param>
/// <param name="Values">The values that count; empty: all.</param>
/// <param name="Different">How many different values are needed, where the need is spread over values.</param>
/// <param name="Count">How many items are needed (of each value, where the need is spread).</param>
/// <param name="Without">True when items that carry none of the values are needed.</param>
public sealed record WindowNeed(string Facet, ImmutableArray<string> Values, int Different, int Count, bool Without)
{
    /// <summary>True when the need is spread over values.</summary>
    public bool IsSpread { get; init; } = Values.IsEmpty;

    /// <summary>True when no value may have more than <see cref="Count"/> items in a slate.</summary>
    public bool IsCap { get; init; }
}
