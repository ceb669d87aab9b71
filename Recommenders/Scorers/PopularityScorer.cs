using System.Collections.Immutable;
using AgentRec.Recommenders.Blending;

namespace AgentRec.Recommenders.Scorers;

/// <summary>Parameters of <see cref="PopularityScorer"/>.</summary>
/// <param name="HalfLifeDays">After how many days a positive counts half; infinity counts all alike.</param>
public sealed record PopularityParameters(double HalfLifeDays);

/// <summary>
/// The logarithm of the positives of an item, each weighted by its age at the end of the training data:
/// log(1 + sum of 2^(-age / half-life)). The user makes no difference.
/// </summary>
public sealed class PopularityScorer : IScorer
{
    /// <summary>The name of the scorer with the half-life that suits the data best.</summary>
    public const string Popularity = "popularity";

    /// <summary>The name of the scorer with a short half-life.</summary>
    public const string Trending = "trending";

    private const double MillisecondsPerDay = 86_400_000;
    private readonly float[] scores;
    private volatile ScaledOnce? scaled;

    internal PopularityScorer(string name, PopularityParameters parameters, float[] scores)
    {
        Name = name;
        Settings = parameters;
        this.scores = scores;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public int ItemCount => scores.Length;

    /// <inheritdoc/>
    public ImmutableSortedDictionary<string, double> Parameters =>
        double.IsPositiveInfinity(Settings.HalfLifeDays) ? ParameterList.Of() : ParameterList.Of(("halfLifeDays", Settings.HalfLifeDays));

    internal PopularityParameters Settings { get; }

    internal ReadOnlySpan<float> Scores => scores;

    /// <summary>Counts positives.</summary>
    /// <param name="name">The scorer's name.</param>
    /// <param name="data">The training data.</param>
    /// <param name="parameters">The parameters.</param>
    public static PopularityScorer Fit(string name, TrainingData data, PopularityParameters parameters)
    {
        var weights = new double[data.ItemCount];
        foreach (var user in data.Users)
        {
            for (var i = 0; i < user.Count; i++)
                weights[user.Items[i]] += Math.Pow(2, -(data.LastTime - user.Times[i]) / MillisecondsPerDay / parameters.HalfLifeDays);
        }
        return new PopularityScorer(name, parameters, [.. weights.Select(weight => (float)Math.Log(1 + weight))]);
    }

    /// <inheritdoc/>
    public void Score(UserHistory history, Span<float> scores)
    {
        this.scores.CopyTo(scores);
        scores[ItemCount..].Clear();
    }

    /// <summary>The same for every user, and so computed once.</summary>
    /// <inheritdoc/>
    void IScorer.Rescale(Span<float> scores, int trained)
    {
        if (scaled is not { } known || known.Values.Length != scores.Length || known.Trained != trained)
        {
            var values = scores.ToArray();
            ScoreScale.Apply(values, trained);
            scaled = known = new ScaledOnce(trained, values);
        }
        known.Values.CopyTo(scores);
    }

    private sealed record ScaledOnce(int Trained, float[] Values);
}
