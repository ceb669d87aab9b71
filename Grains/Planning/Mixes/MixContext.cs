using System.Collections.Immutable;

namespace AgentRec.Grains.Planning.Mixes;

/// <summary>The coarse state that a mix is chosen by: nothing in it says who the user is.</summary>
/// <param name="History">How much the user agent knows, one of <see cref="Knowledge.Histories"/>.</param>
/// <param name="HasWords">Whether the turn asks for something in words.</param>
/// <param name="IsReturning">Whether the session had turns before.</param>
internal readonly record struct MixContext(string History, bool HasWords, bool IsReturning)
{
    /// <summary>The length of <see cref="Features"/>: a constant, a history bucket beyond <c>none</c>, words, returning.</summary>
    public const int Dimensions = 6;

    /// <summary>Every context.</summary>
    public static readonly ImmutableArray<MixContext> All =
        [.. Knowledge.Histories.SelectMany(history => Enumerable.Range(0, 4).Select(bits => new MixContext(history, (bits & 1) != 0, (bits & 2) != 0)))];

    /// <summary>The context's name in logs, such as <c>some/words/returning</c>.</summary>
    public string Name => $"{History}/{(HasWords ? "words" : "silent")}/{(IsReturning ? "returning" : "first")}";

    /// <summary>The context's place in <see cref="All"/>.</summary>
    public int Index => (Knowledge.Histories.IndexOf(History, StringComparer.Ordinal) * 4) + (HasWords ? 1 : 0) + (IsReturning ? 2 : 0);

    /// <summary>The context as a vector, [<see cref="Dimensions"/>].</summary>
    public double[] Features()
    {
        var features = new double[Dimensions];
        features[0] = 1;
        if (Knowledge.Histories.IndexOf(History, StringComparer.Ordinal) is var bucket and > 0)
            features[bucket] = 1;
        features[4] = HasWords ? 1 : 0;
        features[5] = IsReturning ? 1 : 0;
        return features;
    }
}
