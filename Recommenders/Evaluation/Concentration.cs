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
}
