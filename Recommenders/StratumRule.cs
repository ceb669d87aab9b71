using System.Collections.Immutable;
using AgentRec.Domain;

namespace AgentRec.Recommenders;

/// <summary>Sorts items into head, torso and tail by their positive interactions.</summary>
internal static class StratumRule
{
    /// <summary>The strata by handle; quantiles (nearest rank) are over the items with at least one positive.</summary>
    /// <param name="counts">Positive interactions by handle.</param>
    /// <param name="strata">Where the strata begin.</param>
    public static ImmutableArray<Stratum> Assign(ImmutableArray<int> counts, Strata strata)
    {
        int[] known = [.. counts.Where(count => count > 0).Order()];
        if (known.Length == 0)
            return [.. new Stratum[counts.Length]];
        var head = NearestRank(known, strata.Head);
        var torso = NearestRank(known, strata.Torso);
        return [.. counts.Select(count => count == 0 ? Stratum.Tail : count >= head ? Stratum.Head : count >= torso ? Stratum.Torso : Stratum.Tail)];
    }

    private static int NearestRank(int[] ascending, decimal quantile) => ascending[(int)Math.Ceiling(quantile * ascending.Length) - 1];
}
