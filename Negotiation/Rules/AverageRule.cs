using AgentRec.Domain;

namespace AgentRec.Negotiation.Rules;

/// <summary>
/// The mean of a numeric facet over the items that have a number, rounded to millionths, halves up. Where none has one the
/// rule is met, and the value is the one within the bounds that is nearest to 0. A number beyond
/// <see cref="GreatestNumber"/> counts as that, so that sums stay exact.
/// </summary>
internal sealed class AverageRule : RuleBody
{
    /// <summary>The greatest number, up and down, in units of the facet.</summary>
    public const long GreatestNumber = 100_000_000;

    public override long Value(Rule rule, ISlateFacts slate)
    {
        var (sum, count) = (0L, 0);
        for (var place = 0; place < slate.Length; place++)
        {
            if (Number(slate.Values(place, rule.Facet!)) is not { } number)
                continue;
            sum += number;
            count++;
        }
        return Mean(sum, count, Bounds(rule));
    }

    public override RuleColumn Column(Rule rule, ColumnSource source) => RuleColumn.OfNumbers(rule, source, Bounds(rule), i => Number(source.Values(i)));

    /// <summary>The mean of so many numbers with a sum, in millionths.</summary>
    public static long Mean(long sum, int count, ColumnBounds bounds) => count == 0
        ? Math.Clamp(0, bounds.Low, bounds.High)
        : FloorOf((2 * sum) + count, 2 * count);

    protected override long RoomAbove(long atMost, int length) => Math.Max(Math.Abs(atMost), Millionths.One);

    private static long? Number(System.Collections.Immutable.ImmutableArray<string> values) =>
        NumericFacet.Of(values) is { } number ? Math.Clamp(number, -GreatestNumber * Millionths.One, GreatestNumber * Millionths.One) : null;

    private static long FloorOf(long dividend, long divisor) => (dividend / divisor) - (dividend % divisor < 0 ? 1 : 0);
}
