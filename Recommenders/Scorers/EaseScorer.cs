using System.Collections.Immutable;

namespace AgentRec.Recommenders.Scorers;

/// <summary>Parameters of <see cref="EaseScorer"/>.</summary>
/// <param name="Regularisation">The regularisation lambda.</param>
/// <param name="MaximumItems">
/// At most this many items, those with the most positives, enter the item-item form: its cost grows with the cube and its
/// memory (4 bytes) with the square. Items beyond it score 0 here and are left to the other scorers.
/// </param>
public sealed record EaseParameters(double Regularisation, int MaximumItems = 10_000);

/// <summary>
/// EASE (Steck: Embarrassingly shallow autoencoders for sparse data, WWW 2019): B = I - P diag(1 / P), P = inv(X'X + lambda I),
/// and a user's scores are x B. Only items with positives enter. Where users are fewer than items, the equal dual form
/// P = (I - X' inv(X X' + lambda I) X) / lambda is used, and B is never written out.
/// </summary>
public sealed class EaseScorer : IScorer, IContributor
{
    /// <summary>The scorer's name.</summary>
    public const string ScorerName = "ease";

    internal EaseScorer(EaseParameters parameters, IEaseWeights weights)
    {
        Settings = parameters;
        Weights = weights;
    }

    /// <inheritdoc/>
    public string Name => ScorerName;

    /// <inheritdoc/>
    public int ItemCount => Weights.ItemCount;

    /// <inheritdoc/>
    public ImmutableSortedDictionary<string, double> Parameters => ParameterList.Of(("regularisation", Settings.Regularisation));

    internal EaseParameters Settings { get; }

    internal IEaseWeights Weights { get; }

    /// <summary>Solves for B in the cheaper of its two forms.</summary>
    /// <param name="data">The training data.</param>
    /// <param name="parameters">The parameters.</param>
    /// <param name="workers">How many threads, and when to stop.</param>
    public static EaseScorer Fit(TrainingData data, EaseParameters parameters, ParallelOptions workers)
    {
        var items = data.PositiveCounts.Count(count => count > 0);
        return new EaseScorer(parameters, data.Users.Length < Math.Min(items, parameters.MaximumItems)
            ? DualEaseWeights.Solve(data, parameters.Regularisation, workers)
            : DenseEaseWeights.Solve(data, parameters, workers));
    }

    /// <inheritdoc/>
    public void Score(UserHistory history, Span<float> scores) => Weights.Score(history, scores);

    /// <inheritdoc/>
    public void Contributions(UserHistory history, int handle, Span<float> contributions)
    {
        contributions.Clear();
        if (handle < ItemCount)
            Weights.Contributions(history, handle, contributions);
    }
}
