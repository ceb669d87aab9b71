using System.Collections.Immutable;
using AgentRec.Domain;

namespace AgentRec.Grains.Sessions;

/// <summary>The constraints that a session keeps.</summary>
internal static class ConstraintSet
{
    /// <summary>The greatest number kept; the oldest go first.</summary>
    public const int Capacity = 64;

    /// <summary>
    /// Adds constraints. A newer one takes the place of an older one on the same facet that asks the same of it, or that it
    /// contradicts: another genre, another lower bound, a bound that leaves nothing. What is not wanted adds up.
    /// </summary>
    /// <param name="kept">What the session keeps.</param>
    /// <param name="added">What a turn adds.</param>
    public static ImmutableArray<Constraint> Add(ImmutableArray<Constraint> kept, ImmutableArray<Constraint> added) => Add(kept, added, replaces: true);

    private static ImmutableArray<Constraint> Add(ImmutableArray<Constraint> kept, ImmutableArray<Constraint> added, bool replaces)
    {
        if (added.IsEmpty)
            return kept;
        var all = kept.Where(old => !added.Any(one => replaces ? Replaces(one, old) : one.Equals(old))).Concat(added.Distinct()).ToArray();
        return [.. all.Skip(Math.Max(0, all.Length - Capacity))];
    }

    /// <summary>
    /// Adds what an answer stands for. It stands beside what was answered before, which questions do not offer again, and in place of
    /// what it contradicts.
    /// </summary>
    /// <param name="kept">What the session keeps.</param>
    /// <param name="answered">The constraints of the answer.</param>
    public static ImmutableArray<Constraint> AddAnswer(ImmutableArray<Constraint> kept, ImmutableArray<Constraint> answered) => Add(
        [.. kept.Where(old => !answered.Any(one => Kind(one.Op) is Sense.Wanted && Kind(old.Op) is Sense.Unwanted && Replaces(one, old)))], answered, replaces: false);

    /// <summary>Takes constraints back: all on a facet and on what derives from it, or those that name certain values of it.</summary>
    /// <param name="kept">What the session keeps.</param>
    /// <param name="facet">The facet.</param>
    /// <param name="values">The values; none: all.</param>
    public static ImmutableArray<Constraint> Withdraw(ImmutableArray<Constraint> kept, string facet, ImmutableArray<string> values) => values.IsEmpty
        ? kept.RemoveAll(one => IsAbout(one, facet))
        : kept.RemoveAll(one => string.Equals(one.Facet, facet, StringComparison.Ordinal) && Share(one.Values, values));

    private static bool IsAbout(Constraint constraint, string facet) => string.Equals(Stated(constraint.Facet), Stated(facet), StringComparison.Ordinal);

    /// <summary>The facet that another one derives from.</summary>
    private static string Stated(string facet) => facet switch
    {
        FacetNames.Decade => FacetNames.Year,
        FacetNames.FirstGenre => FacetNames.Genre,
        _ => facet,
    };

    private static bool Replaces(Constraint one, Constraint old)
    {
        if (!IsAbout(one, old.Facet))
            return false;
        if (NumberRange.Of(one) is { } range && NumberRange.Of(old) is { } former && range.IsDisjoint(former))
            return true;
        if (!string.Equals(one.Facet, old.Facet, StringComparison.Ordinal))
            return false;
        return (Kind(one.Op), Kind(old.Op)) switch
        {
            (Sense.Unwanted, Sense.Unwanted) => one.Values.SequenceEqual(old.Values, StringComparer.OrdinalIgnoreCase),
            (Sense.Wanted, Sense.Unwanted) => Share(one.Values, old.Values),
            (Sense.Unwanted, Sense.Wanted) => old.Values.All(value => one.Values.Contains(value, StringComparer.OrdinalIgnoreCase)),
            var (sense, formerSense) => sense == formerSense,
        };
    }

    private static bool Share(ImmutableArray<string> values, ImmutableArray<string> others) => values.Any(value => others.Contains(value, StringComparer.OrdinalIgnoreCase));

    private static Sense Kind(ConstraintOperator op) => op switch
    {
        ConstraintOperator.Eq or ConstraintOperator.In => Sense.Wanted,
        ConstraintOperator.Ne => Sense.Unwanted,
        ConstraintOperator.Lt or ConstraintOperator.Le => Sense.UpperBound,
        _ => Sense.LowerBound,
    };

    private enum Sense
    {
        Wanted,
        Unwanted,
        UpperBound,
        LowerBound,
    }
}
