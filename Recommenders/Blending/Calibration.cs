using System.Collections.Immutable;

namespace AgentRec.Recommenders.Blending;

/// <summary>
/// Turns a raw score into a relevance: 1 / (1 + exp(-(slope raw + offset))), the chance that the user takes to the item next
/// (Platt: Probabilistic outputs for support vector machines, 1999). The slope is positive and the exponent at most
/// <see cref="Limit"/>, where doubles still tell neighbours on the grid of raw scores apart: strictly increasing, without ties.
/// </summary>
/// <param name="Slope">The slope, positive.</param>
/// <param name="Offset">The offset.</param>
public sealed record Calibration(double Slope, double Offset)
{
    internal const double Limit = 18;

    private const double Step = 1.0 / (1 << 18);

    /// <summary>For raw scores that are log-odds already.</summary>
    internal static Calibration OfLogOdds { get; } = new(1, 0);

    /// <summary>The relevance of a raw score, in (0,1).</summary>
    /// <param name="raw">The raw score.</param>
    public double Relevance(float raw) => 1 / (1 + Math.Exp(-((Slope * raw) + Offset)));

    /// <summary>
    /// The logarithm of r / (1 - r) for the relevance r of a raw score, on a grid that is coarse enough for two that differ to
    /// stay apart as relevances.
    /// </summary>
    /// <param name="raw">The raw score.</param>
    public float LogOdds(float raw) => (float)(Math.Round(Math.Clamp((Slope * raw) + Offset, -Limit, Limit) / Step) * Step);
}

/// <summary>One row of a reliability table.</summary>
/// <param name="Predicted">The mean relevance of the group.</param>
/// <param name="Observed">The share of it that was taken.</param>
/// <param name="Count">The number of pairs of user and item in it.</param>
public sealed record ReliabilityBin(double Predicted, double Observed, long Count);

/// <summary>How a calibration does on what it was fitted to.</summary>
/// <param name="Bins">Groups of falling relevance.</param>
public sealed record Reliability(ImmutableArray<ReliabilityBin> Bins);
