using System.Globalization;

namespace AgentRec.Cli.Load;

/// <summary>In what parts a load is made of turns, feedback and ingestion.</summary>
/// <param name="Turns">The part of turns; the three parts count relative to their sum.</param>
/// <param name="Feedback">The part of feedback.</param>
/// <param name="Ingestion">The part of ingestion.</param>
internal sealed record RequestMix(int Turns, int Feedback, int Ingestion)
{
    private const int GreatestPart = 1_000_000;

    /// <summary>What visitors of a platform do, roughly: a turn, something done with every other slate, and a log that comes in beside.</summary>
    public static RequestMix Default { get; } = new(60, 30, 10);

    /// <summary>How it is written on the command line.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"turns={Turns},feedback={Feedback},ingest={Ingestion}");

    /// <summary>Reads a mix.</summary>
    /// <param name="text">Such as <c>turns=60,feedback=30,ingest=10</c>; what is not named has no part.</param>
    /// <returns>The mix; null where the text is none.</returns>
    public static RequestMix? Read(string text)
    {
        var parts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var one in text.Split(',', StringSplitOptions.TrimEntries))
        {
            if (one.Split('=', StringSplitOptions.TrimEntries) is not [("turns" or "feedback" or "ingest") and var name, var number]
                || !int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var part) || part > GreatestPart || !parts.TryAdd(name, part))
            {
                return null;
            }
        }
        var mix = new RequestMix(parts.GetValueOrDefault("turns"), parts.GetValueOrDefault("feedback"), parts.GetValueOrDefault("ingest"));
        return mix.Turns + mix.Feedback + mix.Ingestion > 0 ? mix : null;
    }

    /// <summary>Chooses the kind of a request.</summary>
    /// <param name="random">Decides; the same seed gives the same load.</param>
    public RequestKind Draw(Random random)
    {
        var drawn = random.Next(Turns + Feedback + Ingestion);
        return drawn < Turns ? RequestKind.Turn : drawn < Turns + Feedback ? RequestKind.Feedback : RequestKind.Ingestion;
    }
}
