using AgentRec.Domain;

namespace AgentRec.Negotiation.Rules;

/// <summary>
/// A rule over a window in the form that searches handle: small integers by candidate. Bounds are in the column's unit; the
/// rule's own, in millionths, are kept beside them.
/// </summary>
internal sealed class RuleColumn
{
    /// <summary>Stands for a missing bound.</summary>
    public const long Unbounded = ColumnBounds.Unbounded;

    private RuleColumn? _shadow;
    private RuleColumn[]? _setForm;

    private RuleColumn(Rule rule, ColumnKind kind, ColumnUnit unit, int length, ColumnBounds bounds)
    {
        (Rule, Kind, Unit, Length, Bounds) = (rule, kind, unit, length, bounds);
        (AtLeast, AtMost) = bounds.In(unit, length);
    }

    private RuleColumn(RuleColumn other, ColumnKind kind, ColumnUnit unit, ColumnBounds bounds)
        : this(other.Rule, kind, unit, other.Length, bounds)
    {
        Amounts = other.Amounts;
        HasAmount = other.HasAmount;
        Values = other.Values;
        Votes = other.Votes;
        Targets = other.Targets;
        Masks = other.Masks;
        Words = other.Words;
        ValueCount = other.ValueCount;
        MostValues = other.MostValues;
    }

    public Rule Rule { get; }

    public ColumnKind Kind { get; }

    public ColumnUnit Unit { get; }

    /// <summary>The length of the slates that are sought.</summary>
    public int Length { get; }

    /// <summary>The bounds in force, in millionths.</summary>
    public ColumnBounds Bounds { get; }

    public long AtLeast { get; }

    public long AtMost { get; }

    /// <summary>For sums and averages the amount by candidate, for pins 1 for those that may hold the place.</summary>
    public long[] Amounts { get; private init; } = [];

    /// <summary>For averages: which candidates have an amount.</summary>
    public bool[] HasAmount { get; private init; } = [];

    /// <summary>For the other kinds: the values by candidate, as numbers from 0.</summary>
    public int[][] Values { get; private init; } = [];

    /// <summary>For shares: by candidate, the vote that each of its values gets.</summary>
    public int[] Votes { get; private init; } = [];

    /// <summary>For shares: the target by value, in millionths.</summary>
    public long[] Targets { get; private init; } = [];

    /// <summary>The values as bit sets of <see cref="Words"/> words a candidate.</summary>
    public ulong[] Masks { get; private init; } = [];

    public int Words { get; private init; }

    public int ValueCount { get; private init; }

    /// <summary>The greatest number of values of one candidate.</summary>
    public int MostValues { get; private init; }

    public bool IsHard => Rule.Severity != RuleSeverity.Soft;

    /// <summary>True for rules about the order of a slate.</summary>
    public bool IsPositional => Kind is ColumnKind.Gap or ColumnKind.Pin;

    /// <summary>All values that slates can have lie so many millionths, or a multiple, from the bounds.</summary>
    public long Step => Unit == ColumnUnit.Items ? Millionths.One
        : Kind == ColumnKind.Sum && Unit == ColumnUnit.Millionths && Amounts.Aggregate(Divisor(Finite(AtLeast), Finite(AtMost)), Divisor) is > 0 and var step ? step
        : 1;

    /// <summary>Millionths of the rule's value in one unit; for shares, in a vote too many or too few.</summary>
    public double MillionthsPerUnit => Unit switch
    {
        ColumnUnit.Items => Millionths.One,
        ColumnUnit.Part => (double)Millionths.One / Length,
        _ => Kind == ColumnKind.Shares ? Millionths.One / (2.0 * Length) : 1,
    };

    /// <summary>
    /// What a rule about order asks of a slate as a set, whatever its order: no value more often than its gap leaves places
    /// for, one who may hold the place. Not the whole rule, but what lacks it cannot be put in order.
    /// </summary>
    public RuleColumn Shadow => _shadow ??= Kind == ColumnKind.Gap
        ? new RuleColumn(this, ColumnKind.EachAtMost, ColumnUnit.Items, new(-Unbounded, Millionths.One * ((Length + AtLeast - 1) / Math.Max(1, AtLeast))))
        : Members(Rule.Place <= Length ? Amounts : new long[Amounts.Length], (int)AtLeast);

    /// <summary>The column, or several, by which a search of sets handles it: averages as sums of deviations from the bounds.</summary>
    public RuleColumn[] SetForm => _setForm ??= Kind switch
    {
        ColumnKind.Gap or ColumnKind.Pin => IsHard ? [Shadow] : [],
        ColumnKind.Average when IsHard => [.. Deviations()],
        _ => [this],
    };

    /// <summary>The column under other bounds, in millionths.</summary>
    public RuleColumn WithBounds(ColumnBounds bounds) => new(this, Kind, Unit, bounds);

    /// <summary>The column with the bounds that stand in for the rule's own.</summary>
    public RuleColumn Relaxed(RelaxedRule relaxed) => WithBounds(ColumnBounds.Of(relaxed.AtLeast, relaxed.AtMost));

    /// <summary>At least so many of other members, for the same rule.</summary>
    public RuleColumn Members(long[] members, int atLeast) =>
        new(Rule, ColumnKind.Sum, ColumnUnit.Items, Length, new(atLeast * Millionths.One, Unbounded)) { Amounts = members };

    /// <summary>A value in the column's unit as the rule's value in millionths.</summary>
    public long InMillionths(long value) => ColumnBounds.InMillionths(value, Unit, Length);

    /// <summary>For rules about order: the value of a slate, in places or 0 and 1.</summary>
    public long ValueInOrder(ReadOnlySpan<int> slate)
    {
        if (Kind == ColumnKind.Pin)
            return Rule.Place <= slate.Length && Amounts[slate[Rule.Place.Value - 1]] > 0 ? 1 : 0;
        for (var distance = 1; distance < slate.Length; distance++)
        {
            for (var place = distance; place < slate.Length; place++)
            {
                if (ShareValue(slate[place - distance], slate[place]))
                    return distance;
            }
        }
        return Math.Max(slate.Length, AtLeast);
    }

    public ReadOnlySpan<ulong> Mask(int candidate) => Masks.AsSpan(candidate * Words, Words);

    public static RuleColumn OfMembers(Rule rule, ColumnUnit unit, ColumnSource source, ColumnBounds bounds, Func<int, bool> isMember) =>
        new(rule, ColumnKind.Sum, unit, source.Length, bounds) { Amounts = Filled(source.Count, i => isMember(i) ? 1L : 0) };

    public static RuleColumn OfPlace(Rule rule, ColumnSource source, ColumnBounds bounds, Func<int, bool> isMember) =>
        new(rule, ColumnKind.Pin, ColumnUnit.Items, source.Length, bounds) { Amounts = Filled(source.Count, i => isMember(i) ? 1L : 0) };

    public static RuleColumn OfAmounts(Rule rule, ColumnSource source, ColumnBounds bounds, Func<int, long> amount) =>
        new(rule, ColumnKind.Sum, ColumnUnit.Millionths, source.Length, bounds) { Amounts = Filled(source.Count, amount) };

    public static RuleColumn OfNumbers(Rule rule, ColumnSource source, ColumnBounds bounds, Func<int, long?> number)
    {
        var numbers = Filled(source.Count, number);
        return new(rule, ColumnKind.Average, ColumnUnit.Millionths, source.Length, bounds)
        {
            Amounts = Array.ConvertAll(numbers, own => own ?? 0),
            HasAmount = Array.ConvertAll(numbers, own => own is not null),
        };
    }

    public static RuleColumn OfValues(Rule rule, ColumnKind kind, ColumnUnit unit, ColumnSource source, ColumnBounds bounds)
    {
        var values = new NumberedValues(source);
        return new(rule, kind, unit, source.Length, bounds)
        {
            Values = values.ByCandidate,
            Masks = values.Masks,
            Words = values.Words,
            ValueCount = values.Count,
            MostValues = values.Most,
        };
    }

    public static RuleColumn OfShares(Rule rule, ColumnSource source, FacetShares target)
    {
        // Who lacks the facet votes for the empty value.
        var values = new NumberedValues(source with { Values = i => source.Values(i) is { IsEmpty: false } own ? own : [""] }, target.Shares.Select(share => share.Value));
        var targets = new long[values.Count];
        foreach (var share in target.Shares)
            targets[values.Number(share.Value)] = share.Millionths;
        return new(rule, ColumnKind.Shares, ColumnUnit.Millionths, source.Length, new(-Unbounded, 0))
        {
            Values = values.ByCandidate,
            Masks = values.Masks,
            Words = values.Words,
            ValueCount = values.Count,
            MostValues = values.Most,
            Votes = Array.ConvertAll(values.ByCandidate, own => FacetVotes.Whole / own.Length),
            Targets = targets,
        };
    }

    /// <summary>
    /// The mean of n numbers, rounded half up, is at least A exactly when the sum of 2x + 1 - 2A is at least 0; it is at most B
    /// exactly when the sum of 2x - 1 - 2B is below 0, which for n up to 50 is the same as the sum of 50 (2x - 1 - 2B) + 1
    /// being at most 0. Without numbers both hold.
    /// </summary>
    private IEnumerable<RuleColumn> Deviations()
    {
        const long most = TurnRequest.GreatestSlateSize;
        if (Bounds.HasLow)
            yield return Deviation(new(0, Unbounded), number => (2 * number) + 1 - (2 * Bounds.Low));
        if (Bounds.HasHigh)
            yield return Deviation(new(-Unbounded, 0), number => (most * ((2 * number) - 1 - (2 * Bounds.High))) + 1);
    }

    private RuleColumn Deviation(ColumnBounds bounds, Func<long, long> from) => new(Rule, ColumnKind.Sum, ColumnUnit.Millionths, Length, bounds)
    {
        Amounts = Filled(Amounts.Length, i => HasAmount[i] ? from(Amounts[i]) : 0),
    };

    private bool ShareValue(int one, int other)
    {
        var own = Mask(one);
        var others = Mask(other);
        for (var w = 0; w < own.Length; w++)
        {
            if ((own[w] & others[w]) != 0)
                return true;
        }
        return false;
    }

    private static T[] Filled<T>(int count, Func<int, T> value)
    {
        var array = new T[count];
        for (var i = 0; i < count; i++)
            array[i] = value(i);
        return array;
    }

    private static long Finite(long bound) => Math.Abs(bound) < Unbounded ? bound : 0;

    private static long Divisor(long x, long y)
    {
        for (; y != 0; (x, y) = (y, x % y))
        {
        }
        return Math.Abs(x);
    }
}
