using System.Collections.Immutable;
using AgentRec.Domain;

namespace AgentRec.Recommenders.Ranking;

/// <summary>
/// The items that the ranking model puts in order for a user: the best of the blend, the best of each stratum, which rules may
/// ask for, and the best that hardly anybody has taken to yet. It depends on the user alone, never on what a turn makes of it.
/// </summary>
/// <param name="Items">Handles, the blend's order; the best of the whole catalogue first, then what strata add.</param>
/// <param name="Best">How many of them are the best of the whole catalogue: chances are shares among these.</param>
internal sealed record RankingPool(int[] Items, int Best)
{
    /// <summary>As many as the widest window holds.</summary>
    public const int Size = 400;

    private const int OfEachKind = 64;
    private const int FewPositives = 5;

    /// <summary>Picks a pool.</summary>
    /// <param name="ordered">All handles, the blend's best first.</param>
    /// <param name="excluded">What is never shown to the user again.</param>
    /// <param name="catalogue">Knows strata and positives.</param>
    /// <param name="size">How many of the best of the whole catalogue.</param>
    public static RankingPool Of(ReadOnlySpan<int> ordered, ImmutableArray<int> excluded, Catalogue catalogue, int size = Size)
    {
        var known = excluded.ToHashSet();
        var (best, further) = (new List<int>(Size), new List<int>());
        var missing = new int[Enum.GetValues<Stratum>().Length];
        Array.Fill(missing, OfEachKind);
        var missingNew = OfEachKind;
        foreach (var item in ordered)
        {
            if (known.Contains(item))
                continue;
            var stratum = (int)catalogue.Stratum(item);
            var isNew = catalogue.PositiveCounts[item] < FewPositives;
            if (best.Count < size)
                best.Add(item);
            else if (missing[stratum] > 0 || (isNew && missingNew > 0))
                further.Add(item);
            else if (missingNew <= 0 && Array.TrueForAll(missing, left => left <= 0))
                break;
            missing[stratum]--;
            missingNew -= isNew ? 1 : 0;
        }
        return new RankingPool([.. best, .. further], best.Count);
    }
}
