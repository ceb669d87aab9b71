namespace AgentRec.Recommenders.Screening;

/// <summary>How likely a count is at least as great as the one that was seen, by the binomial distribution.</summary>
internal static class BinomialTail
{
    /// <summary>The probability of at least k of n.</summary>
    /// <param name="k">The count.</param>
    /// <param name="n">Of how many.</param>
    /// <param name="rate">The rate, above 0 and below 1.</param>
    public static double Of(int k, int n, double rate)
    {
        var (sum, term) = (0.0, n * Math.Log(1 - rate));
        for (var i = 0; i <= n; i++)
        {
            if (i >= k)
                sum += Math.Exp(term);
            term += i == n ? 0 : Math.Log((double)(n - i) / (i + 1)) + Math.Log(rate / (1 - rate));
        }
        return Math.Min(1, sum);
    }
}
