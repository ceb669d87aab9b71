using System.Collections.Immutable;
using AgentRec.Grains.Abstractions.Planning;

namespace AgentRec.Grains.Planning.Wishes;

/// <summary>Blends several answers into one: an item that answers everything comes before one that answers a part.</summary>
internal static class MatchBlend
{
    /// <summary>Blends.</summary>
    /// <param name="answers">The answers.</param>
    /// <param name="count">The greatest number of hits.</param>
    /// <param name="seed">Orders ties.</param>
    /// <returns>Hits with the mean of their similarities, best first; who is missing from an answer has none there.</returns>
    public static ImmutableArray<Match> Of(IReadOnlyCollection<ImmutableArray<Match>> answers, int count, ulong seed) =>
    [
        .. answers.SelectMany(answer => answer).GroupBy(match => match.Handle)
            .Select(item => new Match(item.Key, item.Sum(match => match.Similarity) / answers.Count))
            .OrderByDescending(match => match.Similarity).ThenBy(match => StableHash.Of(seed, (ulong)match.Handle))
            .Take(count),
    ];
}
