namespace AgentRec.Simulation;

/// <summary>What changing an attribute did to slates, in one arm of one world.</summary>
/// <param name="Values">By value, how alike slates with it and without it are, mean over users.</param>
internal sealed record SensitivityOutcome(SortedDictionary<string, Similarity> Values)
{
    /// <summary>Compares slates.</summary>
    /// <param name="neutral">By user, the slate without the attribute.</param>
    /// <param name="withValue">By value and user, the slate with it.</param>
    public static SensitivityOutcome Of(string[][] neutral, IReadOnlyDictionary<string, string[][]> withValue) => new(new SortedDictionary<string, Similarity>(
        withValue.ToDictionary(value => value.Key, value => new Similarity(
            neutral.Zip(value.Value, SlateSimilarity.Jaccard).Average(), neutral.Zip(value.Value, SlateSimilarity.Pairwise).Average())),
        StringComparer.Ordinal));

    /// <summary>Sensitive-to-neutral similarity range: how far apart the values with the greatest and the least similarity are; 0 is even-handed.</summary>
    public static double Range(IEnumerable<double> similarities) => similarities.Max() - similarities.Min();

    /// <summary>Sensitive-to-neutral similarity variance, which is a standard deviation over the values.</summary>
    public static double Deviation(IEnumerable<double> similarities)
    {
        double[] all = [.. similarities];
        var mean = all.Average();
        return Math.Sqrt(all.Average(one => (one - mean) * (one - mean)));
    }

    /// <summary>The figures of this outcome by name.</summary>
    public IEnumerable<(string Name, double Value)> Figures()
    {
        yield return ("similarityJaccard", Values.Values.Average(value => value.Jaccard));
        yield return ("similarityPairwise", Values.Values.Average(value => value.Pairwise));
        yield return ("snsrJaccard", Range(Values.Values.Select(value => value.Jaccard)));
        yield return ("snsvJaccard", Deviation(Values.Values.Select(value => value.Jaccard)));
        yield return ("snsrPairwise", Range(Values.Values.Select(value => value.Pairwise)));
        yield return ("snsvPairwise", Deviation(Values.Values.Select(value => value.Pairwise)));
        foreach (var (value, similarity) in Values)
        {
            yield return ($"jaccard: {value}", similarity.Jaccard);
            yield return ($"pairwise: {value}", similarity.Pairwise);
        }
    }
}

/// <summary>How alike slates are, 0 to 1, see <see cref="SlateSimilarity"/>.</summary>
/// <param name="Jaccard">By what is in them.</param>
/// <param name="Pairwise">By what comes before what.</param>
internal sealed record Similarity(double Jaccard, double Pairwise);
