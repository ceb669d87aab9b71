using System.Collections.Immutable;

namespace AgentRec.Negotiation.Rules;

/// <summary>
/// Maturity ratings in steps: the film scale with the television ratings beside the step they are nearest to. What is
/// unrated or rated on another scale counts as the strongest step, since a safety rule must not pass what it does not know.
/// </summary>
internal static class MaturityScale
{
    private static readonly ImmutableArray<ImmutableArray<string>> Steps =
    [
        ["G", "TV-Y", "TV-G"],
        ["PG", "TV-Y7", "TV-PG"],
        ["PG-13", "TV-14"],
        ["R", "TV-MA"],
        ["NC-17", "X"],
    ];

    public static int Strongest => Steps.Length - 1;

    /// <summary>The ratings of the film scale, mildest first.</summary>
    public static IEnumerable<string> Names => Steps.Select(step => step[0]);

    public static string Name(int step) => Steps[step][0];

    public static int? Find(string rating)
    {
        for (var step = 0; step < Steps.Length; step++)
        {
            if (Steps[step].Contains(rating, StringComparer.OrdinalIgnoreCase))
                return step;
        }
        return null;
    }

    /// <summary>The strongest step among an item's ratings.</summary>
    public static int Of(ImmutableArray<string> ratings)
    {
        var strongest = ratings.IsEmpty ? Strongest : 0;
        foreach (var rating in ratings)
            strongest = Math.Max(strongest, Find(rating) ?? Strongest);
        return strongest;
    }
}
