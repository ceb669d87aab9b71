using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using AgentRec.Ranker.Batching;
using AgentRec.Ranker.Metrics;
using AgentRec.Ranker.Models;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AgentRec.Ranker.Serving;

/// <summary>What came of a request: scores, or a refusal.</summary>
/// <param name="Version">The version that scored; null with a refusal.</param>
/// <param name="Scores">The scores, FP32.</param>
/// <param name="Refusal">Why there are none; null when there are.</param>
internal readonly record struct ScoreResult(LoadedVersion? Version, ReadOnlyMemory<byte> Scores, Refusal? Refusal);

/// <summary>Answers requests for scores, whichever way they came.</summary>
/// <param name="store">What is served.</param>
/// <param name="options">The limits.</param>
/// <param name="metrics">Hears of answers.</param>
/// <param name="logger">Hears of models that fail.</param>
internal sealed partial class InferenceService(ModelStore store, IOptions<RankerOptions> options, RankerMetrics metrics, ILogger<InferenceService> logger)
{
    /// <summary>Scores the rows of a request together with those of others.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<ScoreResult> ScoreAsync(ScoreRequest request, CancellationToken cancellationToken)
    {
        var outcome = "cancelled";
        try
        {
            var result = await AnswerAsync(request, cancellationToken);
            outcome = result.Refusal?.Kind.ToString() ?? "Scored";
            return result;
        }
        finally
        {
            // Names that nobody serves are the client's: they must not become series of their own.
            metrics.Answered(store.Models.ContainsKey(request.Model) ? request.Model : "", outcome);
        }
    }

    private async Task<ScoreResult> AnswerAsync(ScoreRequest request, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (store.Find(request.Model, request.Version) is not { } version)
                return Refused(RefusalKind.NotFound, Absence(request.Model, request.Version));
            if (request.Problem(version, options.Value.MaximumBatchRows) is { } problem)
                return Refused(RefusalKind.Invalid, problem);
            var rows = new WaitingRows(request.Values, request.Rows, cancellationToken);
            switch (version.Batcher.Enqueue(rows))
            {
                case Admission.Queued:
                    return await ScoresAsync(version, rows, cancellationToken);
                case Admission.Full:
                    return Refused(RefusalKind.Overloaded, $"{options.Value.MaximumQueuedRows} rows wait for model '{request.Model}' already: try again later, or at another host.");
            }
            // The version was retired since it was found: the store knows its successor, or that there is none.
        }
    }

    /// <summary>Why a model or version is not found.</summary>
    /// <param name="model">The model.</param>
    /// <param name="version">The version; empty for the latest.</param>
    public string Absence(string model, string version) =>
        !store.Models.TryGetValue(model, out var served) ? $"Model '{model}' is not served; [{string.Join(", ", store.Models.Keys)}] are."
        : served.Versions.IsEmpty ? $"Model '{model}' has no version that could be loaded: see the host's log."
        : $"Version '{version}' of model '{model}' is not served; [{string.Join(", ", served.Versions.Select(loaded => loaded.Name))}] are.";

    private async Task<ScoreResult> ScoresAsync(LoadedVersion version, WaitingRows rows, CancellationToken cancellationToken)
    {
        try
        {
            var scores = await rows.Scores.WaitAsync(cancellationToken);
            return TensorPrimitives.IsFiniteAll(MemoryMarshal.Cast<byte, float>(scores.Span)) ? new ScoreResult(version, scores, Refusal: null)
                : Refused(RefusalKind.Invalid, "A score is not finite: the features are too great for the model.");
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogFailed(version.File.Model, version.File.Number, exception);
            return Refused(RefusalKind.Failed, $"Model '{version.File.Model}' version {version.Name} failed: see the host's log.");
        }
    }

    private static ScoreResult Refused(RefusalKind kind, string message) => new(Version: null, default, new Refusal(kind, message));

    [LoggerMessage(EventName = "ModelFailed", Level = LogLevel.Error, Message = "Model {Model} version {Version} failed on a batch")]
    private partial void LogFailed(string model, int version, Exception exception);
}
