namespace AgentRec.Negotiation;

/// <summary>Fractions as whole numbers of millionths, the form in which they are signed.</summary>
internal static class Millionths
{
    public const long One = 1_000_000;

    /// <summary>No value or bound lies beyond this many millionths, so that every JSON reader holds it exactly.</summary>
    public const long Greatest = 9_000_000_000 * One;

    public static long Of(double value) =>
        (long)Math.Clamp(Math.Round(value * One, MidpointRounding.AwayFromZero), -Greatest, Greatest);

    public static long Of(decimal value) =>
        (long)Math.Clamp(Math.Round(value * One, MidpointRounding.AwayFromZero), -Greatest, Greatest);

    /// <summary>A whole number as a part of another, halves up.</summary>
    public static long Part(long count, long of) => ((2 * count * One) + of) / (2 * of);

    public static decimal ToDecimal(long millionths) => (decimal)millionths / One;
}
