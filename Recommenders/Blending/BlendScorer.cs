using System.Collections.Immutable;
using AgentRec.Recommenders.Scorers;

namespace AgentRec.Recommenders.Blending;

/// <summary>A blend seen as a scorer: its scores are the raw ones.</summary>
/// <param name="scorers">The scorers.</param>
/// <param name="blend">Their weights.</param>
/// <param name="itemCount">The number of items known at training.</param>
internal sealed class BlendScorer(ImmutableArray<IScorer> scorers, Blend blend, int itemCount) : IScorer
{
    /// <inheritdoc/>
    public string Name => "blend";

    /// <inheritdoc/>
    public int ItemCount => itemCount;

    /// <inheritdoc/>
    public ImmutableSortedDictionary<string, double> Parameters =>
        scorers.Select((scorer, s) => (scorer.Name, Weight: blend.Known.Weights[s]))
            .ToImmutableSortedDictionary(entry => entry.Name, entry => entry.Weight, StringComparer.Ordinal);

    /// <inheritdoc/>
    public void Score(UserHistory history, Span<float> scores) => blend.Score(scorers, history, itemCount, scores);
}
