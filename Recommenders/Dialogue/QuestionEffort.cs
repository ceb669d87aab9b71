using System.Collections.Immutable;
using AgentRec.Domain;

namespace AgentRec.Recommenders.Dialogue;

/// <summary>
/// How hard a question is to answer, as far as the data show it: by how many different values people have to place themselves among, whose
/// logarithm is what choosing takes (Hick, "On the rate of gain of information", 1952), and by how much there is to read. It is what keeps
/// identifiers, long texts and large figures behind genres and years that tell about as much.
/// </summary>
internal static class QuestionEffort
{
    /// <summary>This much to read in an option, in characters, counts as a doubling of the values.</summary>
    private const double Characters = 5;

    /// <summary>The effort, in doublings; at least 0.</summary>
    /// <param name="question">The question.</param>
    /// <param name="facets">The catalogue.</param>
    /// <param name="window">The items that it is asked about.</param>
    public static double Of(Question question, IFacetSource facets, ImmutableArray<WeightedItem> window)
    {
        var values = question.ItemIds is { } compared ? compared.Length : Different(question.Facet!, facets, window);
        var read = question.Options.Where((_, option) => !question.Meaning(option).IsEmpty).Select(option => option.Length).DefaultIfEmpty().Average();
        return Math.Log2(Math.Max(1, values)) + (read / Characters);
    }

    private static int Different(string facet, IFacetSource facets, ImmutableArray<WeightedItem> window) =>
        window.SelectMany(item => facets.Values(item.Handle, facet).ToArray()).Distinct(StringComparer.OrdinalIgnoreCase).Count();
}
