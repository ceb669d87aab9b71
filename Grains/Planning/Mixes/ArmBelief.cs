using MathNet.Numerics.LinearAlgebra;

namespace AgentRec.Grains.Planning.Mixes;

/// <summary>
/// What is believed of one mix's reward: Bayesian linear regression on the context (Agrawal and Goyal, "Thompson Sampling for
/// Contextual Bandits with Linear Payoffs", 2013), with B = I + sum of x x' and f = sum of r x.
/// </summary>
internal sealed class ArmBelief
{
    /// <summary>How far draws spread around the mean: the standard deviation of rewards in [0,1], at most.</summary>
    private const double Spread = 0.5;

    private readonly Matrix<double> _precision;
    private readonly Vector<double> _weighted;
    private readonly Vector<double> _mean;
    private readonly Matrix<double> _scatter;

    private ArmBelief(Matrix<double> precision, Vector<double> weighted)
    {
        (_precision, _weighted) = (precision, weighted);
        var cholesky = precision.Cholesky();
        _mean = cholesky.Solve(weighted);
        // With B = L L', the covariance is the square of the transposed inverse of L.
        _scatter = cholesky.Factor.Transpose().Inverse() * Spread;
    }

    /// <summary>Nothing is known.</summary>
    public static ArmBelief Prior { get; } =
        new(Matrix<double>.Build.DenseIdentity(MixContext.Dimensions), Vector<double>.Build.Dense(MixContext.Dimensions));

    /// <summary>The belief after outcomes.</summary>
    /// <param name="outcomes">Outcomes of this mix.</param>
    public ArmBelief After(IReadOnlyCollection<MixOutcome> outcomes)
    {
        if (outcomes.Count == 0)
            return this;
        var (precision, weighted) = (_precision.Clone(), _weighted.Clone());
        foreach (var outcome in outcomes)
        {
            var x = Vector<double>.Build.Dense(outcome.Context.Features());
            precision += x.OuterProduct(x);
            weighted += x * outcome.Reward;
        }
        return new ArmBelief(precision, weighted);
    }

    /// <summary>Weights as they may be, drawn from the belief.</summary>
    /// <param name="normal">Independent standard normal numbers, [<see cref="MixContext.Dimensions"/>].</param>
    public Vector<double> Draw(double[] normal) => _mean + (_scatter * Vector<double>.Build.Dense(normal));
}
