using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace AgentRec.Storage.Telemetry;

/// <summary>What the writers of the log measure. It costs next to nothing while nobody listens.</summary>
internal static class StoreInstruments
{
    /// <summary>The name of meter and activity source.</summary>
    public const string Name = "AgentRec.Storage";

    private static readonly InstrumentAdvice<double> Seconds = new() { HistogramBucketBoundaries = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] };
    private static readonly InstrumentAdvice<int> Sizes = new() { HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64, 128, 256] };

    private static readonly ActivitySource Source = new(Name);
    private static readonly Meter Meter = new(Name);
    private static readonly UpDownCounter<int> Waiting = Meter.CreateUpDownCounter<int>("agentrec.log.waiting", "{append}", "Appends that wait for a writer or for the disk.");
    private static readonly Histogram<int> Groups = Meter.CreateHistogram("agentrec.log.group.size", "{append}", "Appends that shared a commit.", tags: null, Sizes);
    private static readonly Histogram<double> Commits = Meter.CreateHistogram("agentrec.log.commit.duration", "s", "Commits of the log, by outcome.", tags: null, Seconds);

    /// <summary>An append begins or ceases to wait.</summary>
    /// <param name="appends">How many more wait.</param>
    public static void Wait(int appends) => Waiting.Add(appends);

    /// <summary>A group was committed, or could not be.</summary>
    /// <param name="size">How many appends it held.</param>
    /// <param name="took">How long the commit took.</param>
    /// <param name="succeeded">Whether it is on disk.</param>
    public static void Committed(int size, TimeSpan took, bool succeeded)
    {
        Groups.Record(size);
        Commits.Record(took.TotalSeconds, new KeyValuePair<string, object?>("outcome", succeeded ? "written" : "failed"));
    }

    /// <summary>The span of a commit: a part of the first append's trace, and linked with those of all the others that share it.</summary>
    /// <param name="callers">The spans of those who wait for it.</param>
    public static Activity? Commit(IReadOnlyList<ActivityContext> callers)
    {
        if (!Source.HasListeners())
            return null;
        ActivityContext[] traced = [.. callers.Where(caller => caller.TraceId != default)];
        return Source.StartActivity("commit", ActivityKind.Internal, traced.FirstOrDefault(), tags: null, [.. traced.Skip(1).Select(caller => new ActivityLink(caller))])
            ?.SetTag("agentrec.appends", callers.Count);
    }
}
