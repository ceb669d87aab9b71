using System.Collections.Immutable;
using AgentRec.Domain;

namespace AgentRec.Grains.Sessions;

/// <summary>The constraints that a session keeps.</summary>
internal static class ConstraintSet
{
    /// <summary>The greatest number kept; the oldest go first.</summary>
    public const int Capacity = 64;

    /// <summary>Adds constraints: one on the same facet with the same comparison replaces the older one.</summary>
    /// <param name="kept">What the session keeps.</param>
    /// <param name="added">What a turn adds.</param>
    public static ImmutableArray<Constraint> Add(ImmutableArray<Constraint> kept, ImmutableArray<Constraint> added)
    {
        if (added.IsEmpty)
            return kept;
        var all = kept
            .Where(old => !added.Any(one => one.Op == old.Op && string.Equals(one.Facet, old.Facet, StringComparison.Ordinal)))
            .Concat(added.Distinct())
            .ToArray();
        return [.. all.Skip(Math.Max(0, all.Length - Capacity))];
    }
}
