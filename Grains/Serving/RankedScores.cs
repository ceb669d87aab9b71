using AgentRec.Recommenders;

namespace AgentRec.Grains.Serving;

/// <summary>One user's scores with the handles in order of relevance, computed once for many turns.</summary>
internal sealed class RankedScores
{
    private readonly int[] _order;

    private RankedScores(UserScores scores, int[] order, string? unranked) => (Scores, _order, Unranked) = (scores, order, unranked);

    /// <summary>The scores.</summary>
    public UserScores Scores { get; }

    /// <summary>Why the ranking model had no say; null where it had one, or there is none.</summary>
    public string? Unranked { get; }

    /// <summary>All handles in the order of nomination.</summary>
    public ReadOnlySpan<int> Order => _order;

    /// <summary>Ranks scores.</summary>
    /// <param name="scores">The scores.</param>
    /// <param name="history">Whose they are.</param>
    /// <param name="unranked">Why the ranking model had no say in them.</param>
    public static RankedScores Of(UserScores scores, UserHistory history, string? unranked = null) => new(scores, scores.Nominated(history), unranked);
}
