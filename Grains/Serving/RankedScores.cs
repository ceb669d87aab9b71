using AgentRec.Recommenders;

namespace AgentRec.Grains.Serving;

/// <summary>One user's scores with the handles in order of relevance, computed once for many turns.</summary>
internal sealed class RankedScores
{
    private readonly int[] _order;

    private RankedScores(UserScores scores, int[] order) => (Scores, _order) = (scores, order);

    /// <summary>The scores.</summary>
    public UserScores Scores { get; }

    /// <summary>All handles, best first; equal scores by a hash of the handle.</summary>
    public ReadOnlySpan<int> Order => _order;

    /// <summary>Ranks scores.</summary>
    public static RankedScores Of(UserScores scores) => new(scores, scores.Falling());
}
