using System.Buffers;
using System.Collections.Immutable;
using System.Numerics.Tensors;
using System.Text.Json.Serialization;
using AgentRec.Recommenders.Scorers;

namespace AgentRec.Recommenders.Blending;

/// <summary>
/// Weighs scorers: raw(i) = sum over scorers of weight times rescaled score. Weights and calibration are learned (see
/// <see cref="BlendLearner"/>) for users with a history, for those with hardly one, and for those without.
/// </summary>
/// <param name="Known">For users with a history.</param>
/// <param name="New">For users without one.</param>
public sealed record Blend(BlendCurve Known, BlendCurve New)
{
    // Raw scores lie on this grid, so that two that differ stay apart after calibration.
    private const float Step = 1f / (1 << 20);

    /// <summary>The greatest number of items that count as few.</summary>
    public const int Few = 3;

    /// <summary>For users of whom only few items are known.</summary>
    /// <value>The default is null: <see cref="Known"/> holds for them too.</value>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public BlendCurve? Short { get; init; }

    /// <summary>What holds for a history.</summary>
    /// <param name="history">What the user took to.</param>
    public BlendCurve For(UserHistory history) => history.Count == 0 ? New : history.Count <= Few ? Short ?? Known : Known;

    /// <summary>Computes raw scores.</summary>
    /// <param name="scorers">The scorers, in the order of the weights.</param>
    /// <param name="history">What the user took to.</param>
    /// <param name="trained">The number of items known at training.</param>
    /// <param name="raw">Receives the raw scores, one for each handle of the catalogue.</param>
    /// <param name="parts">Receives each scorer's own scores and the rescaled ones; null where nobody asks for them.</param>
    internal void Score(ImmutableArray<IScorer> scorers, UserHistory history, int trained, Span<float> raw, ScorePart[]? parts = null)
    {
        var rented = ArrayPool<float>.Shared.Rent(raw.Length);
        var weights = For(history).Weights;
        raw.Clear();
        for (var s = 0; s < scorers.Length; s++)
        {
            if (weights[s] == 0 && parts is null)
                continue;
            var scaled = (parts?[s].Scaled ?? rented).AsSpan(0, raw.Length);
            scorers[s].Score(history, scaled);
            if (parts is not null)
                scaled.CopyTo(parts[s].Scores);
            scorers[s].Rescale(scaled, trained);
            TensorPrimitives.MultiplyAdd(scaled, (float)weights[s], raw, raw);
        }
        ArrayPool<float>.Shared.Return(rented);
        TensorPrimitives.Divide(raw, Step, raw);
        TensorPrimitives.Round<float>(raw, raw);
        TensorPrimitives.Multiply(raw, Step, raw);
    }
}

/// <summary>How one kind of user is served.</summary>
/// <param name="Weights">Weights, parallel to the scorers.</param>
/// <param name="Calibration">What turns the weighted sum into a relevance.</param>
public sealed record BlendCurve(ImmutableArray<double> Weights, Calibration Calibration);
