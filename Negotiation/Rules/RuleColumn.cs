using System.Collections.Immutable;
using AgentRec.Domain;

namespace AgentRec.Negotiation.Rules;

/// <summary>How a column adds up over a slate.</summary>
internal enum ColumnKind
{
    /// <summary>The sum of an amount lies within the bounds.</summary>
    Sum,

    /// <summary>No value occurs more often than the upper bound.</summary>
    EachAtMost,

    /// <summary>Every value that occurs does so at least as often as the lower bound.</summary>
    EachAtLeast,

    /// <summary>The number of different values lies within the bounds.</summary>
    Distinct,
}

/// <summary>
/// A rule over a window in the form that searches handle: small integers by candidate. Bounds are in the column's unit:
/// items or values for counts, millionths for totals.
/// </summary>
internal sealed class RuleColumn
{
    /// <summary>Stands for a missing lower bound.</summary>
    public const long Unbounded = long.MaxValue / 4;

    private RuleColumn(Rule rule, ColumnKind kind, long unit, decimal? atMost)
    {
        Rule = rule;
        Kind = kind;
        Unit = unit;
        AtLeast = rule.AtLeast is { } least ? Ceiling(Millionths.Of(least), unit) : -Unbounded;
        AtMost = atMost is { } most ? Floor(Millionths.Of(most), unit) : Unbounded;
    }

    private RuleColumn(RuleColumn other, long atLeast, long atMost)
    {
        Rule = other.Rule;
        Kind = other.Kind;
        Unit = other.Unit;
        Amounts = other.Amounts;
        Values = other.Values;
        Masks = other.Masks;
        Words = other.Words;
        ValueCount = other.ValueCount;
        MostValues = other.MostValues;
        AtLeast = atLeast;
        AtMost = atMost;
    }

    public Rule Rule { get; }

    public ColumnKind Kind { get; }

    /// <summary>Millionths in one unit of the column.</summary>
    public long Unit { get; }

    public long AtLeast { get; }

    public long AtMost { get; }

    /// <summary>For sums: the amount by candidate.</summary>
    public long[] Amounts { get; private init; } = [];

    /// <summary>For the other kinds: the values by candidate, as numbers from 0.</summary>
    public int[][] Values { get; private init; } = [];

    /// <summary>The same as bit sets of <see cref="Words"/> words a candidate.</summary>
    public ulong[] Masks { get; private init; } = [];

    public int Words { get; private init; }

    public int ValueCount { get; private init; }

    /// <summary>The greatest number of values of one candidate.</summary>
    public int MostValues { get; private init; }

    /// <summary>All values and bounds are multiples of this, in the column's unit.</summary>
    public long Step => Kind == ColumnKind.Sum ? Amounts.Aggregate(Divisor(Finite(AtLeast), Finite(AtMost)), Divisor) is > 0 and var step ? step : 1 : 1;

    public bool IsHard => Rule.Severity != RuleSeverity.Soft;

    public RuleColumn WithBounds(long atLeast, long atMost) => new(this, atLeast, atMost);

    /// <summary>The column with the bounds that stand in for the rule's own.</summary>
    public RuleColumn Relaxed(RelaxedRule relaxed) => WithBounds(
        relaxed.AtLeast is { } least ? Ceiling(Millionths.Of(least), Unit) : -Unbounded,
        relaxed.AtMost is { } most ? Floor(Millionths.Of(most), Unit) : Unbounded);

    public ReadOnlySpan<ulong> Mask(int candidate) => Masks.AsSpan(candidate * Words, Words);

    public static RuleColumn OfMembers(Rule rule, decimal? atMost, int count, Func<int, bool> isMember)
    {
        var amounts = new long[count];
        for (var i = 0; i < count; i++)
            amounts[i] = isMember(i) ? 1 : 0;
        return new RuleColumn(rule, ColumnKind.Sum, Millionths.One, atMost) { Amounts = amounts };
    }

    public static RuleColumn OfAmounts(Rule rule, int count, Func<int, long> amount)
    {
        var amounts = new long[count];
        for (var i = 0; i < count; i++)
            amounts[i] = amount(i);
        return new RuleColumn(rule, ColumnKind.Sum, 1, rule.AtMost) { Amounts = amounts };
    }

    public static RuleColumn OfValues(Rule rule, ColumnKind kind, int count, Func<int, ImmutableArray<string>> values)
    {
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        var numbered = new int[count][];
        for (var i = 0; i < count; i++)
        {
            var texts = values(i);
            var own = new int[texts.Length];
            for (var j = 0; j < own.Length; j++)
            {
                if (!numbers.TryGetValue(texts[j], out own[j]))
                    numbers.Add(texts[j], own[j] = numbers.Count);
            }
            numbered[i] = Once(own);
        }
        var words = Math.Max(1, (numbers.Count + 63) / 64);
        var masks = new ulong[count * words];
        for (var i = 0; i < count; i++)
        {
            foreach (var value in numbered[i])
                masks[(i * words) + (value >> 6)] |= 1UL << (value & 63);
        }
        return new RuleColumn(rule, kind, Millionths.One, rule.AtMost)
        {
            Values = numbered,
            Masks = masks,
            Words = words,
            ValueCount = numbers.Count,
            MostValues = numbered.Length == 0 ? 0 : numbered.Max(own => own.Length),
        };
    }

    /// <summary>Each number once; nearly always they are already.</summary>
    private static int[] Once(int[] numbers)
    {
        for (var i = 1; i < numbers.Length; i++)
        {
            if (numbers.AsSpan(0, i).Contains(numbers[i]))
                return [.. numbers.Distinct()];
        }
        return numbers;
    }

    private static long Finite(long bound) => Math.Abs(bound) < Unbounded ? bound : 0;

    private static long Divisor(long x, long y)
    {
        for (; y != 0; (x, y) = (y, x % y))
        {
        }
        return Math.Abs(x);
    }

    private static long Ceiling(long millionths, long unit) => (long)Math.Ceiling((decimal)millionths / unit);

    private static long Floor(long millionths, long unit) => (long)Math.Floor((decimal)millionths / unit);
}
