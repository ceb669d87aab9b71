using System.Collections.Immutable;
using System.Numerics.Tensors;
using AgentRec.Recommenders.Vectors;

namespace AgentRec.Recommenders.Scorers;

/// <summary>Parameters of <see cref="ContentScorer"/>.</summary>
/// <param name="Recent">How many last items of a user speak.</param>
/// <param name="RecentWeight">The item k places before the last speaks with this weight to the power k.</param>
public sealed record ContentParameters(int Recent, double RecentWeight);

/// <summary>
/// Cosine between the meaning of an item and the weighted mean of the meanings of the user's last items. It needs no
/// interactions of the item, so that it also scores items that came after training.
/// </summary>
public sealed class ContentScorer : IScorer, IContributor
{
    /// <summary>The scorer's name.</summary>
    public const string ScorerName = "content";

    private readonly int dimension;
    private readonly float[] rows;

    internal ContentScorer(ContentParameters parameters, VectorIndex index, int meaningDimension)
    {
        Settings = parameters;
        dimension = meaningDimension;
        rows = new float[index.Count * dimension];
        for (var item = 0; item < index.Count; item++)
        {
            var row = rows.AsSpan(item * dimension, dimension);
            index.Vector(item)[..dimension].CopyTo(row);
            var norm = TensorPrimitives.Norm<float>(row);
            if (norm > 0)
                TensorPrimitives.Divide(row, norm, row);
        }
    }

    private ContentScorer(ContentParameters parameters, float[] rows, int dimension)
    {
        Settings = parameters;
        this.rows = rows;
        this.dimension = dimension;
    }

    /// <inheritdoc/>
    public string Name => ScorerName;

    /// <inheritdoc/>
    public int ItemCount => rows.Length / dimension;

    /// <inheritdoc/>
    public ImmutableSortedDictionary<string, double> Parameters => ParameterList.Of(
        ("dimension", dimension), ("recent", Settings.Recent), ("recentWeight", Settings.RecentWeight));

    internal ContentParameters Settings { get; }

    /// <summary>The same vectors read with other weights.</summary>
    /// <param name="parameters">The parameters.</param>
    internal ContentScorer With(ContentParameters parameters) => new(parameters, rows, dimension);

    /// <inheritdoc/>
    public void Score(UserHistory history, Span<float> scores)
    {
        scores.Clear();
        Span<float> user = stackalloc float[dimension];
        Profile(history, user);
        for (var item = 0; item < ItemCount; item++)
            scores[item] = TensorPrimitives.Dot(user, Vector(item));
    }

    /// <inheritdoc/>
    public void Contributions(UserHistory history, int handle, Span<float> contributions)
    {
        contributions.Clear();
        if (handle >= ItemCount)
            return;
        Span<float> user = stackalloc float[dimension];
        var scale = Profile(history, user);
        for (var k = 0; k < Math.Min(Settings.Recent, history.Count); k++)
        {
            var item = history.Items[^(k + 1)];
            if (item < ItemCount)
                contributions[^(k + 1)] = scale * (float)Math.Pow(Settings.RecentWeight, k) * TensorPrimitives.Dot(Vector(item), Vector(handle));
        }
    }

    // Fills the unit vector of the user and returns what the weighted sum was multiplied by.
    private float Profile(UserHistory history, Span<float> user)
    {
        user.Clear();
        for (var k = 0; k < Math.Min(Settings.Recent, history.Count); k++)
        {
            var item = history.Items[^(k + 1)];
            if (item < ItemCount)
                TensorPrimitives.MultiplyAdd(Vector(item), (float)Math.Pow(Settings.RecentWeight, k), user, user);
        }
        var norm = TensorPrimitives.Norm<float>(user);
        if (norm <= 0)
            return 0;
        TensorPrimitives.Divide(user, norm, user);
        return 1 / norm;
    }

    /// <summary>The unit vector of an item's meaning.</summary>
    /// <param name="item">The item.</param>
    internal ReadOnlySpan<float> Vector(int item) => rows.AsSpan(item * dimension, dimension);
}
