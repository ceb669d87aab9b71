using System.Globalization;

namespace AgentRec.Domain;

/// <summary>The written forms of a moment that are understood, alike in JSON and in imported files.</summary>
public static class Timestamps
{
    private const double LeastSeconds = -62_135_596_800;
    private const double GreatestSeconds = 253_402_300_799;

    private static readonly string[] Forms =
    [
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd",
        "yyyy-MM-dd HH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mm:ssK", "yyyy-MM-dd HH:mmK",
    ];

    /// <summary>Reads ISO 8601; without an offset UTC is meant.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The moment in UTC to the millisecond, or null when the text is something else.</returns>
    public static DateTimeOffset? Parse(string text) =>
        DateTimeOffset.TryParseExact(text, Forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var moment)
            ? ToMillisecond(moment)
            : null;

    /// <summary>Reads Unix seconds, with or without a fraction.</summary>
    /// <param name="seconds">Seconds since 1970.</param>
    /// <returns>The moment to the millisecond, or null beyond the years 1 to 9999.</returns>
    public static DateTimeOffset? FromUnixSeconds(double seconds) =>
        seconds is >= LeastSeconds and <= GreatestSeconds
            ? DateTimeOffset.FromUnixTimeMilliseconds((long)Math.Floor((decimal)seconds * 1000))
            : null;

    /// <summary>Drops what is finer than a millisecond, and the offset.</summary>
    /// <param name="moment">The moment.</param>
    public static DateTimeOffset ToMillisecond(DateTimeOffset moment) =>
        DateTimeOffset.FromUnixTimeMilliseconds(moment.ToUnixTimeMilliseconds());
}
