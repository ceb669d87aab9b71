using System.Collections.Immutable;

namespace AgentRec.Recommenders.Training;

/// <summary>How models are trained.</summary>
public sealed record TrainingOptions
{
    /// <summary>The seed of everything random.</summary>
    /// <value>The default is 0.</value>
    public ulong Seed { get; init; }

    /// <summary>The number of threads; it changes no result.</summary>
    /// <value>The default, 0, uses every processor.</value>
    public int Threads { get; init; }

    /// <summary>Users with fewer positives are not held out for validation.</summary>
    /// <value>The default is 5.</value>
    public int LeastPositives { get; init; } = 5;

    /// <summary>Which scorers are trained and blended (see <see cref="ScorerNames"/>).</summary>
    /// <value>The default, none named, trains all.</value>
    public ImmutableArray<string> Scorers { get; init; } = [];

    /// <summary>Whether a ranking model is learned on top of the blend.</summary>
    /// <value>The default is true; where it ranks no better than the blend it is not kept.</value>
    public bool Ranking { get; init; } = true;

    /// <summary>Whether users who look invented (see <see cref="Screening.InventedUsers"/>) are left out of what is learned from.</summary>
    /// <value>The default is false.</value>
    public bool Screen { get; init; }
}

/// <summary>How far training has come.</summary>
/// <param name="Fraction">Of the whole, 0 to 1.</param>
/// <param name="Message">What has just been done, in words.</param>
public sealed record TrainingProgress(double Fraction, string Message);
