using System.Collections.Immutable;
using AgentRec.Recommenders.Scorers;

namespace AgentRec.Recommenders.Training;

/// <summary>The names of the scorers that can be trained.</summary>
public static class ScorerNames
{
    /// <summary>All of them, in the order of the blend's weights.</summary>
    public static ImmutableArray<string> All { get; } =
    [
        ContentScorer.ScorerName, PopularityScorer.Popularity, PopularityScorer.Trending, ItemKnnScorer.ScorerName,
        EaseScorer.ScorerName, ImplicitAlsScorer.ScorerName, SequenceScorer.ScorerName,
    ];
}
