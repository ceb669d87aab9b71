namespace AgentRec.Simulation;

/// <summary>How alike two slates are, 0 to 1 (after Zhang, Bao, Zhang, Wang, Feng and He: Is ChatGPT fair for recommendation?, 2023).</summary>
internal static class SlateSimilarity
{
    /// <summary>Jaccard: what both hold over what either holds. Two empty slates are alike.</summary>
    public static double Jaccard(IReadOnlyCollection<string> x, IReadOnlyCollection<string> y)
    {
        var both = x.Intersect(y, StringComparer.Ordinal).Count();
        var either = x.Count + y.Count - both;
        return either == 0 ? 1 : (double)both / either;
    }

    /// <summary>
    /// Pairwise, like that paper's PRAG*: the share of the ordered pairs of the first slate, of which the first comes before the second, whose
    /// first is in the other slate too and comes before the second there; what is missing comes after everything. Over all pairs, so that the
    /// same slate gives 1 (the paper divides by K (K + 1)). A slate of one item has no pair: then it is whether both are the same.
    /// </summary>
    /// <param name="neutral">The slate whose order counts, best first.</param>
    /// <param name="other">The other one.</param>
    public static double Pairwise(IReadOnlyList<string> neutral, IReadOnlyList<string> other)
    {
        if (neutral.Count < 2)
            return neutral.SequenceEqual(other, StringComparer.Ordinal) ? 1 : 0;
        var ranks = other.Index().ToDictionary(item => item.Item, item => item.Index, StringComparer.Ordinal);
        var (kept, pairs) = (0, 0);
        for (var i = 0; i < neutral.Count; i++)
        {
            var first = ranks.GetValueOrDefault(neutral[i], int.MaxValue);
            for (var j = i + 1; j < neutral.Count; j++, pairs++)
                kept += first < ranks.GetValueOrDefault(neutral[j], int.MaxValue) ? 1 : 0;
        }
        return (double)kept / pairs;
    }
}
