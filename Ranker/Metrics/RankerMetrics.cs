using System.Diagnostics.Metrics;

namespace AgentRec.Ranker.Metrics;

/// <summary>What the host measures of itself.</summary>
internal sealed class RankerMetrics : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "AgentRec.Ranker";

    private static readonly InstrumentAdvice<double> Seconds = new() { HistogramBucketBoundaries = [0.00001, 0.00003, 0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1] };
    private static readonly InstrumentAdvice<int> Counts = new() { HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1_024, 2_048, 4_096, 8_192] };

    private readonly Meter _meter;
    private readonly Counter<long> _requests;
    private readonly Histogram<double> _runs;
    private readonly Histogram<int> _batchRows;
    private readonly Histogram<int> _batchRequests;
    private readonly UpDownCounter<int> _queuedRows;
    private readonly Counter<long> _loads;

    /// <summary>Creates the instruments.</summary>
    /// <param name="meters">Makes the meter.</param>
    public RankerMetrics(IMeterFactory meters)
    {
        _meter = meters.Create(MeterName);
        _requests = _meter.CreateCounter<long>("ranker.requests", description: "Requests for scores, by outcome.");
        _runs = _meter.CreateHistogram("ranker.run.duration", "s", "How long a model ran for one batch.", tags: null, Seconds);
        _batchRows = _meter.CreateHistogram("ranker.batch.rows", unit: null, "Rows in a batch.", tags: null, Counts);
        _batchRequests = _meter.CreateHistogram("ranker.batch.requests", unit: null, "Requests in a batch.", tags: null, Counts);
        _queuedRows = _meter.CreateUpDownCounter<int>("ranker.queue.rows", description: "Rows that wait for a model.");
        _loads = _meter.CreateCounter<long>("ranker.model.loads", description: "Model versions that were loaded, or could not be.");
    }

    /// <summary>A request was answered.</summary>
    /// <param name="model">The model that was asked for, where it is served.</param>
    /// <param name="outcome">How it ended.</param>
    public void Answered(string model, string outcome) => _requests.Add(1, new KeyValuePair<string, object?>("model", model), new KeyValuePair<string, object?>("outcome", outcome));

    /// <summary>A batch was run.</summary>
    /// <param name="model">The model.</param>
    /// <param name="requests">How many requests it held.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="duration">How long the model ran.</param>
    public void Ran(string model, int requests, int rows, TimeSpan duration)
    {
        var tag = new KeyValuePair<string, object?>("model", model);
        _runs.Record(duration.TotalSeconds, tag);
        _batchRows.Record(rows, tag);
        _batchRequests.Record(requests, tag);
    }

    /// <summary>Rows began or ceased to wait.</summary>
    /// <param name="model">The model.</param>
    /// <param name="rows">How many more wait.</param>
    public void Queued(string model, int rows) => _queuedRows.Add(rows, new KeyValuePair<string, object?>("model", model));

    /// <summary>A version was loaded, or could not be.</summary>
    /// <param name="model">The model.</param>
    /// <param name="succeeded">Whether it is served now.</param>
    public void Loaded(string model, bool succeeded) =>
        _loads.Add(1, new KeyValuePair<string, object?>("model", model), new KeyValuePair<string, object?>("outcome", succeeded ? "loaded" : "broken"));

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();
}
