namespace AgentRec.Recommenders.Dialogue;

/// <summary>Draws from Beta distributions, in logarithms, because beliefs of what is hardly likely are tiny.</summary>
/// <param name="random">The source of chance.</param>
internal sealed class BetaDraw(Random random)
{
    /// <summary>The logarithm of the odds of a draw from Beta(alpha, beta): x / (x + y) with gamma variates x and y.</summary>
    /// <param name="alpha">Above 0.</param>
    /// <param name="beta">Above 0.</param>
    public double LogOdds(double alpha, double beta) => LogGamma(alpha) - LogGamma(beta);

    /// <summary>The logarithm of a gamma variate (Marsaglia and Tsang, "A Simple Method for Generating Gamma Variables", 2000).</summary>
    private double LogGamma(double shape)
    {
        // gamma(a) = gamma(a + 1) U^(1/a) for shapes below 1.
        if (shape < 1)
            return LogGamma(shape + 1) + (Math.Log(1 - random.NextDouble()) / shape);
        var d = shape - (1.0 / 3);
        var c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            var x = Normal();
            var v = 1 + (c * x);
            if (v <= 0)
                continue;
            v = v * v * v;
            if (Math.Log(1 - random.NextDouble()) < (0.5 * x * x) + d - (d * v) + (d * Math.Log(v)))
                return Math.Log(d * v);
        }
    }

    private double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
