using System.Diagnostics.Metrics;
using AgentRec.Domain;

namespace AgentRec.Grains.Telemetry;

/// <summary>What the agents of this process count and measure. It costs next to nothing while nobody listens.</summary>
internal static class AgentInstruments
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "AgentRec.Agents";

    /// <summary>What tenants are called in metrics: every metric tells the same ones apart.</summary>
    public static BoundedNames Tenants { get; } = new();

    private static readonly InstrumentAdvice<double> Seconds = new() { HistogramBucketBoundaries = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] };
    private static readonly InstrumentAdvice<double> Ratios = new() { HistogramBucketBoundaries = [0, 0.01, 0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.5, 1] };
    private static readonly InstrumentAdvice<int> Rounds = new() { HistogramBucketBoundaries = [0, 1, 2, 3, 4, 6, 8, 16] };
    private static readonly InstrumentAdvice<long> Events = new() { HistogramBucketBoundaries = [0, 1, 10, 64, 256, 1_000, 4_000, 16_000, 64_000] };

    private static readonly Meter Meter = new(MeterName);

    private static readonly UpDownCounter<int> TurnsRunning = Meter.CreateUpDownCounter<int>("agentrec.turns.running", description: "Turns under way.");
    private static readonly Histogram<double> Turns = Meter.CreateHistogram("agentrec.turn.duration", "s", "Turns from admission to end, by outcome and tenant.", tags: null, Seconds);
    private static readonly Histogram<double> Stages = Meter.CreateHistogram("agentrec.turn.stage.duration", "s", "Stages of finished turns.", tags: null, Seconds);
    private static readonly Histogram<int> NegotiationRounds = Meter.CreateHistogram("agentrec.negotiation.rounds", "{round}", "Rounds until a slate was agreed, by protocol and outcome.", tags: null, Rounds);
    private static readonly Histogram<double> GivenUp = Meter.CreateHistogram("agentrec.negotiation.utility.given_up", "1", "The part of the opening's utility that the user gave up.", tags: null, Ratios);
    private static readonly Counter<long> Degraded = Meter.CreateCounter<long>("agentrec.turns.degraded", description: "What finished turns went on without.");
    private static readonly Counter<long> Claims = Meter.CreateCounter<long>("agentrec.claims", description: "Claims made to explain slates, by kind: shown, or dropped because they could not be verified.");
    private static readonly Histogram<double> Tools = Meter.CreateHistogram("agentrec.tool.duration", "s", "Calls to tools, waiting included, by outcome.", tags: null, Seconds);
    private static readonly Counter<long> Messages = Meter.CreateCounter<long>("agentrec.language.messages", description: "Messages by whether the language model was asked about them.");
    private static readonly Counter<long> Wordings = Meter.CreateCounter<long>("agentrec.reasons.worded", description: "Reasons that the language model was to put into words: in its words, or kept as they were.");
    private static readonly Histogram<long> Replayed = Meter.CreateHistogram("agentrec.memory.replayed", "{event}", "Events of the log that a waking user agent had to read beyond its snapshot.", tags: null, Events);
    private static readonly Histogram<double> Appends = Meter.CreateHistogram("agentrec.append.duration", "s", "Appends of user agents until they were on disk, waiting included.", tags: null, Seconds);

    /// <summary>A turn began.</summary>
    public static void TurnBegan() => TurnsRunning.Add(1);

    /// <summary>A turn ended.</summary>
    /// <param name="tenant">Whose turn it was.</param>
    /// <param name="outcome">The kind of its result, or why there is none.</param>
    /// <param name="took">From admission to end.</param>
    /// <param name="result">The result, where there is one.</param>
    public static void TurnEnded(string tenant, string outcome, TimeSpan took, TurnResult? result)
    {
        TurnsRunning.Add(-1);
        Turns.Record(took.TotalSeconds, new("outcome", outcome), new KeyValuePair<string, object?>("tenant", Tenants.Of(tenant)));
        if (result is null)
            return;
        foreach (var (stage, milliseconds) in result.Timings)
        {
            if (!string.Equals(stage, "total", StringComparison.Ordinal))
                Stages.Record(milliseconds / 1_000, new KeyValuePair<string, object?>("stage", stage));
        }
        foreach (var missing in result.Degraded)
            Degraded.Add(1, new KeyValuePair<string, object?>("tool", missing.Tool));
        if (result.Negotiation is { } negotiation)
            Negotiated(negotiation);
    }

    /// <summary>A tool answered, or did not.</summary>
    /// <param name="tool">The tool.</param>
    /// <param name="outcome"><c>answered</c>, or why not.</param>
    /// <param name="took">How long it was waited for.</param>
    public static void ToolCalled(string tool, string outcome, TimeSpan took) =>
        Tools.Record(took.TotalSeconds, new("tool", tool), new KeyValuePair<string, object?>("outcome", outcome));

    /// <summary>A message was read, where there is a language model.</summary>
    /// <param name="route">Whether the model was asked about it, and why.</param>
    public static void Routed(string route) => Messages.Add(1, new KeyValuePair<string, object?>("route", route));

    /// <summary>The language model was to put the reasons of a slate into words.</summary>
    /// <param name="worded">How many are in its words.</param>
    /// <param name="kept">How many stayed as they were.</param>
    public static void Worded(int worded, int kept)
    {
        Wordings.Add(worded, new KeyValuePair<string, object?>("outcome", "worded"));
        Wordings.Add(kept, new KeyValuePair<string, object?>("outcome", "kept"));
    }

    /// <summary>A claim was checked.</summary>
    /// <param name="kind">What it rests on.</param>
    /// <param name="isShown">False when it could not be verified and was dropped.</param>
    public static void ClaimChecked(EvidenceKind kind, bool isShown) => Claims.Add(
        1,
        new("kind", kind switch
        {
            EvidenceKind.History => "history",
            EvidenceKind.Fact => "fact",
            EvidenceKind.Constraint => "constraint",
            EvidenceKind.Rule => "rule",
            _ => "bid",
        }),
        new KeyValuePair<string, object?>("outcome", isShown ? "shown" : "dropped"));

    /// <summary>A user agent woke up.</summary>
    /// <param name="events">Events that its snapshot did not hold yet.</param>
    public static void MemoryRestored(long events) => Replayed.Record(events);

    /// <summary>An append ended.</summary>
    /// <param name="outcome">What came of it.</param>
    /// <param name="took">How long it was waited for.</param>
    public static void Appended(string outcome, TimeSpan took) => Appends.Record(took.TotalSeconds, new KeyValuePair<string, object?>("outcome", outcome));

    private static void Negotiated(NegotiationSummary negotiation)
    {
        var protocol = new KeyValuePair<string, object?>("protocol", negotiation.Protocol);
        var outcome = new KeyValuePair<string, object?>("outcome", negotiation.Outcome switch
        {
            NegotiationOutcome.Agreed => "agreed",
            NegotiationOutcome.Arbitrated => "arbitrated",
            _ => "relaxed",
        });
        NegotiationRounds.Record(negotiation.Rounds, protocol, outcome, new("short", negotiation.Short));
        GivenUp.Record(Math.Max(0, 1 - negotiation.UtilityKept), protocol, outcome);
    }
}
