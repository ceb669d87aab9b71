using System.Diagnostics.Metrics;

namespace AgentRec.LanguageModel;

/// <summary>What asking a language model takes and costs.</summary>
internal static class LanguageInstruments
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "AgentRec.Language";

    private static readonly Meter Meter = new(MeterName);
    private static readonly InstrumentAdvice<double> Seconds = new() { HistogramBucketBoundaries = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30] };
    private static readonly Histogram<double> Answers = Meter.CreateHistogram("agentrec.language.duration", "s", "Questions to the language model, corrections included, by operation and outcome.", tags: null, Seconds);
    private static readonly Counter<long> Tokens = Meter.CreateCounter<long>("agentrec.language.tokens", "{token}", "Tokens that answers say they cost.");
    private static readonly Counter<long> Corrections = Meter.CreateCounter<long>("agentrec.language.corrections", description: "Answers that had to be corrected.");

    /// <summary>A question was answered, or not.</summary>
    /// <param name="operation">What was asked for.</param>
    /// <param name="outcome"><c>answered</c>, <c>unusable</c>, <c>spent</c> or <c>failed</c>.</param>
    /// <param name="took">How long it was waited for.</param>
    public static void Answered(string operation, string outcome, TimeSpan took) =>
        Answers.Record(took.TotalSeconds, new("operation", operation), new KeyValuePair<string, object?>("outcome", outcome));

    /// <summary>A request was paid for.</summary>
    /// <param name="asked">Tokens of the request.</param>
    /// <param name="answered">Tokens of the answer.</param>
    public static void TokensSpent(long asked, long answered)
    {
        Tokens.Add(asked, new KeyValuePair<string, object?>("direction", "in"));
        Tokens.Add(answered, new KeyValuePair<string, object?>("direction", "out"));
    }

    /// <summary>An answer had to be corrected.</summary>
    /// <param name="operation">What was asked for.</param>
    public static void Corrected(string operation) => Corrections.Add(1, new KeyValuePair<string, object?>("operation", operation));
}
