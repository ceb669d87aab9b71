namespace AgentRec.Recommenders.Evaluation;

/// <summary>How exposure is spread over a catalogue.</summary>
internal static class Concentration
{
    /// <summary>The share of items with any exposure.</summary>
    /// <param name="exposures">Exposures by item.</param>
    public static double Coverage(ReadOnlySpan<int> exposures)
    {
        var covered = 0;
        foreach (var exposure in exposures)
            covered += exposure > 0 ? 1 : 0;
        return exposures.IsEmpty ? 0 : (double)covered / exposures.Length;
    }

    /// <summary>
    /// The Gini coefficient: sum over items by rising exposure x of (2 i - n - 1) x(i), over n times the sum of x; 0 when all
    /// items are shown alike, towards 1 when one item is shown alone.
    /// </summary>
    /// <param name="exposures">Exposures by item.</param>
    public static double Gini(ReadOnlySpan<int> exposures)
    {
        // Exposures are small numbers: counting how many items have each replaces sorting.
        var greatest = 0;
        foreach (var exposure in exposures)
            greatest = Math.Max(greatest, exposure);
        var items = new int[greatest + 1];
        foreach (var exposure in exposures)
            items[exposure]++;
        double n = exposures.Length, place = 0, weighted = 0, total = 0;
        for (var exposure = 0; exposure <= greatest; exposure++)
        {
            // Places place + 1 to place + count, whose 2 i - n - 1 sum up to count (2 place + count - n).
            double count = items[exposure];
            weighted += exposure * count * ((2 * place) + count - n);
            total += exposure * count;
            place += count;
        }
        return total == 0 ? 0 : weighted / (n * total);
    }

    /// <summary>The Gini coefficient of amounts that are no counts.</summary>
    /// <param name="amounts">At least 0 each, in any order.</param>
    public static double Gini(IEnumerable<double> amounts)
    {
        double[] rising = [.. amounts.Order()];
        var (weighted, total) = (0.0, rising.Sum());
        for (var i = 0; i < rising.Length; i++)
            weighted += ((2 * (i + 1)) - rising.Length - 1) * rising[i];
        return total == 0 ? 0 : weighted / (rising.Length * total);
    }

    /// <summary>Shannon's entropy of what is counted, in bits: 0 when all are of one kind, the logarithm of the number of kinds when they are spread evenly.</summary>
    /// <param name="kinds">The kind of each.</param>
    public static double Entropy(IEnumerable<string> kinds) =>
        // By name, so that the same sum comes out whatever the order.
        Entropy(kinds.GroupBy(kind => kind, StringComparer.Ordinal).OrderBy(kind => kind.Key, StringComparer.Ordinal).Select(kind => kind.Count()));

    /// <summary>Shannon's entropy in bits.</summary>
    /// <param name="counts">How many there are of each kind.</param>
    public static double Entropy(IEnumerable<int> counts)
    {
        int[] all = [.. counts];
        double total = all.Sum();
        return all.Sum(count => count == 0 ? 0 : -(count / total) * Math.Log2(count / total));
    }
}
