using System.Collections.Immutable;
using AgentRec.Domain;

namespace AgentRec.Recommenders.Ranking;

/// <summary>
/// The items that the ranking model puts in order for a user: the best of the blend, and the best of each stratum, which rules
/// may ask for. It depends on the user alone, never on what a turn makes of it.
/// </summary>
/// <param name="Items">Handles, the blend's order; the best of the whole catalogue first, then what strata add.</param>
/// <param name="Best">How many of them are the best of the whole catalogue: chances are shares among these.</param>
internal sealed record RankingPool(int[] Items, int Best)
{
    /// <summary>As many as the widest window holds.</summary>
    public const int Size = 400;

    private const int OfEachStratum = 64;

    /// <summary>Picks a pool.</summary>
    /// <param name="ordered">All handles, the blend's best first.</param>
    /// <param name="excluded">What is never shown to the user again.</param>
    /// <param name="catalogue">Knows the strata.</param>
    public static RankingPool Of(ReadOnlySpan<int> ordered, ImmutableArray<int> excluded, Catalogue catalogue)
    {
        var known = excluded.ToHashSet();
        var (best, further) = (new List<int>(Size), new List<int>());
        var missing = new int[Enum.GetValues<Stratum>().Length];
        Array.Fill(missing, OfEachStratum);
        foreach (var item in ordered)
        {
            if (known.Contains(item))
                continue;
            var stratum = (int)catalogue.Stratum(item);
            if (best.Count < Size)
                best.Add(item);
            else if (missing[stratum] > 0)
                further.Add(item);
            else if (Array.TrueForAll(missing, left => left <= 0))
                break;
            missing[stratum]--;
        }
        return new RankingPool([.. best, .. further], best.Count);
    }
}
