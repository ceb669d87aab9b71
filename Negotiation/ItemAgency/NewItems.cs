using System.Collections.Immutable;
using AgentRec.Domain;

namespace AgentRec.Negotiation.ItemAgency;

/// <summary>Which items a slate's exploration place is for: those of which nothing is known yet.</summary>
public static class NewItems
{
    /// <summary>
    /// The items without any interaction in the training data that were shown too rarely to say anything of them, the least shown
    /// first. Between two snapshots nobody's exposures move: a seed of the turn's own spreads ties over all of them.
    /// </summary>
    /// <param name="snapshot">What has been shown.</param>
    /// <param name="untried">Handles of the items without interactions that may be shown to this user.</param>
    /// <param name="facets">The catalogue.</param>
    /// <param name="terms">How many exposures a new item is owed.</param>
    /// <param name="count">How many are wanted at most.</param>
    /// <param name="seed">The turn's seed.</param>
    /// <returns>Handles; none when exploration is off.</returns>
    public static ImmutableArray<int> Select(
        ExposureSnapshot snapshot, IEnumerable<int> untried, IFacetSource facets, Exploration terms, int count, ulong seed) => !terms.IsOn
        ? []
        : [
            .. untried
                .Select(handle => (Handle: handle, facets.Item(handle).ItemId))
                .Select(item => (item.Handle, item.ItemId, snapshot.Of(item.ItemId).Overall.Exposures))
                .Where(item => item.Exposures < terms.Exposures)
                .OrderBy(item => item.Exposures)
                .ThenBy(item => StableHash.Of(seed, item.ItemId))
                .ThenBy(item => item.Handle)
                .Take(count)
                .Select(item => item.Handle),
        ];
}
