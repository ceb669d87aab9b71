using System.Collections.Immutable;
using AgentRec.Grains.Abstractions.Planning;
using AgentRec.Grains.Planning.Mixes;
using AgentRec.Grains.Tools;

namespace AgentRec.Grains.Planning;

/// <summary>What a turn knows before it negotiates.</summary>
/// <param name="Nomination">The user agent's candidates.</param>
/// <param name="Sources">The sources that were planned, in the table's order.</param>
/// <param name="Matches">What answers the words; empty where nothing was asked or the tool did not answer.</param>
/// <param name="Trending">What others take to now, as far as the mix has places for it.</param>
/// <param name="Decision">The bandit's choice; null while it is off.</param>
internal sealed record GatheredEvidence(
    Nomination Nomination, ImmutableArray<string> Sources, ImmutableArray<Match> Matches, ImmutableArray<int> Trending, MixDecision? Decision)
{
    /// <summary>The mix in force.</summary>
    public CandidateMix Mix => Decision?.Mix ?? CandidateMix.Standard;

    /// <summary>
    /// What is put on the table beside new items. Nominees first: what rules need is among them, and a full window has no room for
    /// more words' sake.
    /// </summary>
    public IEnumerable<int> Candidates => Nomination.Candidates.Concat(Matches.Select(match => match.Handle)).Concat(Trending);

    /// <summary>Names the sources that brought an item in.</summary>
    /// <param name="item">The item's handle.</param>
    /// <param name="isExplored">True for an item that the slate keeps a place for because it is new.</param>
    public IEnumerable<string> Origins(int item, bool isExplored)
    {
        foreach (var source in Sources)
        {
            if (string.Equals(source, ToolNames.Vectors, StringComparison.Ordinal) ? Matches.Any(match => match.Handle == item) : Nomination.Candidates.Contains(item))
                yield return source;
        }
        // What no tool found is among the answers for its place in the wanted order.
        if (!Sources.Contains(ToolNames.Vectors, StringComparer.Ordinal) && Matches.Any(match => match.Handle == item))
            yield return PlanTable.Order;
        if (Trending.Contains(item) && !Nomination.Candidates.Contains(item))
            yield return PlanTable.Trending;
        if (isExplored)
            yield return PlanTable.Exploration;
    }
}
