using System.Collections.Immutable;
using AgentRec.Domain;
using AgentRec.Negotiation.Rules;

namespace AgentRec.Negotiation.Windows;

/// <summary>What the active bounds of a rule set need a window to hold.</summary>
/// <param name="Needs">The needs, in the rule set's order.</param>
public sealed record WindowNeeds(ImmutableArray<WindowNeed> Needs)
{
    /// <summary>The greatest number of different values that a need asks for.</summary>
    private const int GreatestDifferent = 1000;

    /// <summary>No needs: the window is the best by rank.</summary>
    public static WindowNeeds None { get; } = new([]);

    /// <summary>
    /// Reads the needs off a rule set. Where what a bound needs shows only in a whole slate (a least count of every value that
    /// occurs, facet shares) the window is widened instead.
    /// </summary>
    /// <param name="rules">The rule set in force.</param>
    /// <param name="slateSize">k.</param>
    public static WindowNeeds From(RuleSet rules, int slateSize) =>
        new([.. rules.Rules.Where(rule => rule.Severity != RuleSeverity.Safety).SelectMany(rule => Of(rule, slateSize))]);

    private static IEnumerable<WindowNeed> Of(Rule rule, int slateSize)
    {
        var bounds = RuleBodies.Of(rule).Bounds(rule);
        var (least, most) = bounds.In(rule.Type == RuleType.Share ? ColumnUnit.Part : ColumnUnit.Items, slateSize);
        switch (rule.Type)
        {
            case RuleType.Count or RuleType.Share when rule.ForEach:
                return bounds.HasHigh ? Caps(rule, Math.Max(1, most), slateSize) : [];
            case RuleType.Count or RuleType.Share:
                return [.. With(rule, Math.Min(slateSize, least)), .. Without(rule, slateSize - Math.Max(0, most))];
            case RuleType.Exclude:
                return Without(rule, slateSize);
            case RuleType.Allow:
                return With(rule, slateSize);
            case RuleType.Pin:
                return With(rule, 1);
            case RuleType.Gap:
                var each = (slateSize + least - 1) / least;
                return rule.Values.IsEmpty ? Caps(rule, each, slateSize) : Without(rule, slateSize - (each * rule.Values.Length));
            case RuleType.Distinct when least > 0:
                return [new WindowNeed(rule.Facet!, rule.Values, (int)Math.Min(GreatestDifferent, least), 1, Without: false) { IsSpread = true }];
            case RuleType.Total or RuleType.Average:
                return Amounts(rule, bounds, slateSize);
            default:
                return [];
        }
    }

    private static WindowNeed[] With(Rule rule, long count) =>
        count > 0 ? [new WindowNeed(rule.Facet!, rule.Values, 1, (int)count, Without: false)] : [];

    private static WindowNeed[] Without(Rule rule, long count) =>
        count > 0 ? [new WindowNeed(rule.Facet!, rule.Values, 1, (int)count, Without: true)] : [];

    private static WindowNeed[] Caps(Rule rule, long each, int slateSize) => each < slateSize
        ? [new WindowNeed(rule.Facet!, [], (int)((slateSize + each - 1) / each), (int)each, Without: false) { IsCap = true }]
        : [];

    private static IEnumerable<WindowNeed> Amounts(Rule rule, ColumnBounds bounds, int slateSize)
    {
        var items = rule.Type == RuleType.Total ? slateSize : 1;
        if (bounds.HasLow)
            yield return new WindowNeed(rule.Facet!, [], 1, slateSize, Without: false) { Amount = new(bounds.Low / items, IsLeast: true, rule.Type == RuleType.Total) };
        if (bounds.HasHigh)
            yield return new WindowNeed(rule.Facet!, [], 1, slateSize, Without: false) { Amount = new(bounds.High / items, IsLeast: false, rule.Type == RuleType.Total) };
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

    /// <summary>What the facet's number must be, where the need is for numbers; null for values.</summary>
    public NeededAmount? Amount { get; init; }
}

/// <summary>A number that items must have for a bound on their sum or mean to hold.</summary>
/// <param name="Each">What each item of a slate would have on average, in millionths.</param>
/// <param name="IsLeast">True for a lower bound.</param>
/// <param name="IsSum">True when items without a number count as 0; false when they do not count.</param>
public sealed record NeededAmount(long Each, bool IsLeast, bool IsSum);
