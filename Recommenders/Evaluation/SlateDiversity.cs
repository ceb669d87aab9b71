namespace AgentRec.Recommenders.Evaluation;

/// <summary>How different the items of a slate are: the mean over pairs of 1 - Jaccard similarity of genres.</summary>
internal static class SlateDiversity
{
    /// <summary>Measures a slate.</summary>
    /// <param name="genres">By place, the genres of the item.</param>
    /// <returns>0 to 1; 0 where there are fewer than two items. Two items without genres are alike, so that what is not known adds no diversity.</returns>
    public static double Of(IReadOnlyList<IReadOnlyCollection<string>> genres)
    {
        var (sum, pairs) = (0.0, 0);
        for (var i = 0; i < genres.Count; i++)
        {
            for (var j = i + 1; j < genres.Count; j++, pairs++)
            {
                var common = genres[i].Intersect(genres[j], StringComparer.Ordinal).Count();
                var either = genres[i].Union(genres[j], StringComparer.Ordinal).Count();
                sum += either == 0 ? 0 : 1 - ((double)common / either);
            }
        }
        return pairs == 0 ? 0 : sum / pairs;
    }
}
