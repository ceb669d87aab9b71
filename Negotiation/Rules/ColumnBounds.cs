namespace AgentRec.Negotiation.Rules;

/// <summary>A rule's bounds in millionths.</summary>
/// <param name="Low">The lower bound, or <c>-</c><see cref="Unbounded"/>.</param>
/// <param name="High">The upper bound, or <see cref="Unbounded"/>.</param>
internal readonly record struct ColumnBounds(long Low, long High)
{
    /// <summary>Stands for a missing bound.</summary>
    public const long Unbounded = long.MaxValue / 4;

    public bool HasLow => Low > -Unbounded;

    public bool HasHigh => High < Unbounded;

    public static ColumnBounds Of(decimal? atLeast, decimal? atMost) =>
        new(atLeast is { } low ? Millionths.Of(low) : -Unbounded, atMost is { } high ? Millionths.Of(high) : Unbounded);

    /// <summary>A value in a unit as the rule's value in millionths.</summary>
    public static long InMillionths(long value, ColumnUnit unit, int length) => unit switch
    {
        ColumnUnit.Items => value * Millionths.One,
        ColumnUnit.Part => length == 0 ? 0 : Millionths.Part(value, length),
        _ => value,
    };

    /// <summary>The least and the greatest value in a unit that keep the bounds, for slates of a length.</summary>
    public (long AtLeast, long AtMost) In(ColumnUnit unit, int length)
    {
        if (unit == ColumnUnit.Part)
            return (HasLow ? Parts(length, Low) : -Unbounded, HasHigh ? Parts(length, High + 1) - 1 : Unbounded);
        return unit == ColumnUnit.Items
            ? (HasLow ? (long)Math.Ceiling((decimal)Low / Millionths.One) : -Unbounded, HasHigh ? (long)Math.Floor((decimal)High / Millionths.One) : Unbounded)
            : (Low, High);
    }

    /// <summary>The least count whose part of the length, rounded to millionths, is no less than so much.</summary>
    private static long Parts(int length, long low)
    {
        var count = 0L;
        while (count <= length && InMillionths(count, ColumnUnit.Part, length) < low)
            count++;
        return count;
    }

    /// <summary>How far a value is outside.</summary>
    public long Distance(long value) => Math.Max(0, Math.Max(Low - value, value - High));
}
