using System.Collections.Immutable;
using AgentRec.Domain;

namespace AgentRec.Recommenders.Evaluation;

/// <summary>What one user's ranking is worth.</summary>
/// <param name="Values">Metrics that are means over users, by name.</param>
/// <param name="Shown">The first ten.</param>
internal sealed record UserMetrics(ImmutableSortedDictionary<string, double> Values, ImmutableArray<int> Shown)
{
    private const int Depth = 10;
    private const int Deep = 20;
    private const int Deepest = 50;

    /// <summary>Measures a ranking.</summary>
    /// <param name="catalogue">The catalogue.</param>
    /// <param name="ranked">Handles, best first.</param>
    /// <param name="targets">The test items, at least one.</param>
    public static UserMetrics Of(Catalogue catalogue, ImmutableArray<int> ranked, ImmutableArray<int> targets)
    {
        var wanted = targets.ToHashSet();
        int[] places = [.. Enumerable.Range(0, ranked.Length).Where(place => wanted.Contains(ranked[place]))];
        var shown = ranked[..Math.Min(Depth, ranked.Length)];
        double Hits(int depth) => places.Count(place => place < depth);
        return new UserMetrics(
            ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, new Dictionary<string, double>(StringComparer.Ordinal)
            {
                [MetricNames.Ndcg] = places.Where(place => place < Depth).Sum(Gain) / Enumerable.Range(0, Math.Min(Depth, wanted.Count)).Sum(Gain),
                [MetricNames.HitRate] = Hits(Depth) > 0 ? 1 : 0,
                [MetricNames.Recall10] = Hits(Depth) / wanted.Count,
                [MetricNames.Recall20] = Hits(Deep) / wanted.Count,
                [MetricNames.Recall50] = Hits(Deepest) / wanted.Count,
                [MetricNames.ReciprocalRank] = places.Length == 0 ? 0 : 1.0 / (places[0] + 1),
                [MetricNames.Diversity] = SlateDiversity.Of([.. shown.Select(handle => catalogue.Values(handle, FacetNames.Genre))]),
                [MetricNames.TailShare] = shown.IsEmpty ? 0 : shown.Count(handle => catalogue.Stratum(handle) == Stratum.Tail) / (double)shown.Length,
            }),
            shown);
    }

    private static double Gain(int place) => 1 / Math.Log2(place + 2);
}
