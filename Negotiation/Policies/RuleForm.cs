using AgentRec.Domain;
using AgentRec.Negotiation.Rules;

namespace AgentRec.Negotiation.Policies;

/// <summary>Whether a rule type takes a member.</summary>
internal enum Presence
{
    Never,
    May,
    Must,
}

/// <summary>What a rule type's bounds are.</summary>
internal enum BoundForm
{
    /// <summary>A whole number of items or values.</summary>
    Count,

    /// <summary>A part of the slate.</summary>
    Part,

    /// <summary>A number of the facet.</summary>
    Number,

    /// <summary>A number of the facet, as means take it.</summary>
    Mean,

    /// <summary>A distance between places.</summary>
    Distance,

    /// <summary>A step of the maturity scale.</summary>
    Rating,
}

/// <summary>Which members a rule type takes.</summary>
internal sealed record RuleForm
{
    private static readonly RuleForm Counted = new() { Values = Presence.Must, ForEach = true, AtLeast = Presence.May, AtMost = Presence.May };
    private static readonly RuleForm Measured = new() { AtLeast = Presence.May, AtMost = Presence.May, Bound = BoundForm.Number };
    private static readonly RuleForm Listed = new() { Values = Presence.Must };

    private static readonly Dictionary<RuleType, RuleForm> ByType = new()
    {
        [RuleType.Count] = Counted,
        [RuleType.Share] = Counted with { Bound = BoundForm.Part },
        [RuleType.Distinct] = Measured with { Values = Presence.May, Bound = BoundForm.Count },
        [RuleType.Total] = Measured,
        [RuleType.Average] = Measured with { Bound = BoundForm.Mean },
        [RuleType.Gap] = new() { Values = Presence.May, AtLeast = Presence.Must, Bound = BoundForm.Distance },
        [RuleType.Exclude] = Listed,
        [RuleType.Allow] = Listed,
        [RuleType.Maturity] = new() { Facet = Presence.May, AtMost = Presence.Must, Bound = BoundForm.Rating, Only = RuleSeverity.Safety },
        [RuleType.FrequencyCap] = new() { Facet = Presence.Never, AtMost = Presence.Must, Days = Presence.Must, Only = RuleSeverity.Safety },
        [RuleType.Calibration] = new() { Only = RuleSeverity.Soft },
        [RuleType.Pin] = Listed with { Place = Presence.Must },
    };

    public Presence Facet { get; private init; } = Presence.Must;

    public Presence Values { get; private init; }

    /// <summary>True when the bound may apply to every value by itself, in place of stated values.</summary>
    public bool ForEach { get; private init; }

    public Presence AtLeast { get; private init; }

    public Presence AtMost { get; private init; }

    public BoundForm Bound { get; private init; }

    public Presence Days { get; private init; }

    public Presence Place { get; private init; }

    /// <summary>The only severity that the type can have, where there is but one.</summary>
    public RuleSeverity? Only { get; private init; }

    /// <summary>True when one of two bounds must be there.</summary>
    public bool NeedsBound => AtLeast == Presence.May && AtMost == Presence.May;

    public static RuleForm Of(RuleType type) => ByType[type];

    /// <summary>The bounds that a bound of this form lies in, whole numbers or not, and what it is in words.</summary>
    public (decimal Least, decimal Most, bool IsWhole, string Words) Range => Bound switch
    {
        BoundForm.Count => (0, 1000, true, "it bounds a count"),
        BoundForm.Part => (0, 1, false, "it bounds a part of the slate"),
        BoundForm.Mean => (-AverageRule.GreatestNumber, AverageRule.GreatestNumber, false, "it bounds a mean"),
        BoundForm.Distance => (2, Rule.GreatestPlace, true, "it is a distance between places, 2 for never side by side"),
        _ => (-8_000_000_000m, 8_000_000_000m, false, "it bounds a sum"),
    };
}
