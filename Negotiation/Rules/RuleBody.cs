using System.Collections.Immutable;
using AgentRec.Domain;

namespace AgentRec.Negotiation.Rules;

/// <summary>What a rule type means: its value for a slate, its violation, and the column that a search handles.</summary>
internal abstract class RuleBody
{
    /// <summary>Whether anyone can recompute the value, or only who holds the history.</summary>
    public virtual RuleKind Kind => RuleKind.Recomputable;

    /// <summary>True for types that say of a single item that it must stay out; only these may be safety rules.</summary>
    public virtual bool ConcernsItems => false;

    /// <summary>The lower bound that counts, where the type implies one.</summary>
    public virtual decimal? AtLeast(Rule rule) => rule.AtLeast;

    /// <summary>The upper bound that counts, where the type implies one.</summary>
    public virtual decimal? AtMost(Rule rule) => rule.AtMost;

    /// <summary>True when the rule keeps an item with these facet values out.</summary>
    public virtual bool Bars(Rule rule, ImmutableArray<string> values) => false;

    /// <summary>True when the rule keeps an item out because of the user's history.</summary>
    public virtual bool Bars(Rule rule, string itemId, IPrivateFacts history) => false;

    /// <summary>True when a history tells what an attested value rests on.</summary>
    public virtual bool IsKnown(Rule rule, IPrivateFacts history) => true;

    /// <summary>False for attested values that no slate has.</summary>
    public virtual bool IsPossible(long value) => true;

    /// <summary>The slate's value in millionths.</summary>
    public abstract long Value(Rule rule, ISlateFacts slate);

    /// <summary>The column for a window, or null when the rule only filters candidates, or asks for nothing.</summary>
    public abstract RuleColumn? Column(Rule rule, ColumnSource source);

    /// <summary>How far a value is below its lower bound at most, in millionths.</summary>
    protected virtual long RoomBelow(long atLeast, int length) => Math.Max(Math.Abs(atLeast), Millionths.One);

    /// <summary>How far a value is above its upper bound at most, in millionths.</summary>
    protected virtual long RoomAbove(long atMost, int length) => Math.Max((length * Millionths.One) - atMost, Millionths.One);

    /// <summary>The bounds in millionths.</summary>
    public ColumnBounds Bounds(Rule rule) => ColumnBounds.Of(AtLeast(rule), AtMost(rule));

    /// <summary>The millionths of distance from the bound that make a whole violation.</summary>
    public long Room(Rule rule, bool below, int length) => below
        ? RoomBelow(Millionths.Of(AtLeast(rule) ?? 0), length)
        : RoomAbove(Millionths.Of(AtMost(rule) ?? 0), length);

    /// <summary>The distance of a value from the bounds as a part of the room there is, in [0,1].</summary>
    public double Violation(Rule rule, long value, int length)
    {
        if (AtLeast(rule) is { } atLeast && Millionths.Of(atLeast) - value is > 0 and var below)
            return Math.Min(1, (double)below / Room(rule, below: true, length));
        if (AtMost(rule) is { } atMost && value - Millionths.Of(atMost) is > 0 and var above)
            return Math.Min(1, (double)above / Room(rule, below: false, length));
        return 0;
    }

    /// <summary>What the rule says of a slate.</summary>
    public RuleReading Read(Rule rule, ISlateFacts slate)
    {
        var value = Value(rule, slate);
        return new RuleReading(rule, value, Violation(rule, value, slate.Length));
    }

    /// <summary>True when one of the values is among the rule's.</summary>
    protected static bool Carries(Rule rule, ImmutableArray<string> values)
    {
        foreach (var value in values)
        {
            if (rule.Values.Contains(value))
                return true;
        }
        return false;
    }

    /// <summary>True for every value where the rule names none, for its own otherwise.</summary>
    protected static bool Concerns(Rule rule, string value) => rule.Values.IsEmpty || rule.Values.Contains(value);

    /// <summary>The candidates with only those values that the rule concerns.</summary>
    protected static ColumnSource Concerned(Rule rule, ColumnSource source) => rule.Values.IsEmpty
        ? source
        : source with { Values = i => [.. source.Values(i).Where(value => Concerns(rule, value))] };
}
