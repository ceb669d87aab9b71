using System.Collections.Immutable;
using AgentRec.Domain;

namespace AgentRec.Recommenders;

/// <summary>Sorts items into head, torso and tail by their positive interactions.</summary>
internal static class StratumRule
{
    private const double HeadQuantile = 0.9;
    private const double TorsoQuantile = 0.6;

    /// <summary>The strata by handle; quantiles (nearest rank) are over the items with at least one positive.</summary>
    /// <param name="counts">Positive interactions by handle.</param>
    public static ImmutableArray<Stratum> Assign(ImmutableArray<int> counts)
    {
        int[] known = [.. counts.Where(count => count > 0).Order()];
        if (known.Length == 0)
            return [.. new Stratum[counts.Length]];
        var head = NearestRank(known, HeadQuantile);
        var torso = NearestRank(known, TorsoQuantile);
        return [.. counts.Select(count => count == 0 ? Stratum.Tail : count >= head ? Stratum.Head : count >= torso ? Stratum.Torso : Stratum.Tail)];
    }

    private static int NearestRank(int[] ascending, double quantile) => ascending[(int)Math.Ceiling(quantile * ascending.Length) - 1];
}
