using System.Buffers;
using System.Collections.Immutable;
using System.Numerics.Tensors;
using AgentRec.Recommenders.Linear;
using AgentRec.Recommenders.Vectors;

namespace AgentRec.Recommenders.Scorers;

/// <summary>Parameters of <see cref="ImplicitAlsScorer"/>.</summary>
/// <param name="Factors">The number of factors d, a multiple of 8.</param>
/// <param name="Unobserved">The weight alpha0 of what is not in the data, where an observed positive weighs 1 more.</param>
/// <param name="Regularisation">The regularisation lambda, scaled by frequency.</param>
/// <param name="Epochs">How many times users and items are solved.</param>
public sealed record ImplicitAlsParameters(int Factors, double Unobserved, double Regularisation, int Epochs);

/// <summary>
/// Implicit alternating least squares (Hu, Koren, Volinsky: Collaborative filtering for implicit feedback datasets, ICDM 2008)
/// in the parameters of Rendle et al. (Revisiting the performance of iALS on item recommendation benchmarks, RecSys 2022):
/// minimise sum over positives of (1 - x'y)^2 + alpha0 sum over all pairs of (x'y)^2, plus
/// lambda (n(u) + alpha0 |items|) |x|^2 and lambda (n(i) + alpha0 |users|) |y|^2. Users and items are solved exactly by
/// Cholesky; a user is folded in by the same equation, so that no user factors are kept.
/// </summary>
public sealed class ImplicitAlsScorer : IScorer, IContributor
{
    /// <summary>The scorer's name.</summary>
    public const string ScorerName = "ials";

    private readonly float[] items;
    private readonly float[] gram;

    internal ImplicitAlsScorer(ImplicitAlsParameters parameters, int itemCount, float[] items)
    {
        Settings = parameters;
        ItemCount = itemCount;
        this.items = items;
        gram = Gram(items, parameters.Factors);
    }

    /// <inheritdoc/>
    public string Name => ScorerName;

    /// <inheritdoc/>
    public int ItemCount { get; }

    /// <inheritdoc/>
    public ImmutableSortedDictionary<string, double> Parameters => ParameterList.Of(
        ("factors", Settings.Factors), ("unobserved", Settings.Unobserved),
        ("regularisation", Settings.Regularisation), ("epochs", Settings.Epochs));

    internal ImplicitAlsParameters Settings { get; }

    /// <summary>The item factors Y, row-major [items, factors].</summary>
    internal ReadOnlySpan<float> ItemFactors => items;

    /// <summary>The item factors, searchable.</summary>
    public VectorIndex Index => new(items, Settings.Factors);

    /// <summary>Alternates between users and items.</summary>
    /// <param name="data">The training data.</param>
    /// <param name="parameters">The parameters.</param>
    /// <param name="seed">The seed of the first item factors.</param>
    /// <param name="workers">How many threads, and when to stop.</param>
    public static ImplicitAlsScorer Fit(TrainingData data, ImplicitAlsParameters parameters, ulong seed, ParallelOptions workers)
    {
        var d = parameters.Factors;
        if (d <= 0 || d % SmallSystem.Lane != 0)
            throw new ArgumentException($"{d} factors were asked for: the number must be a positive multiple of {SmallSystem.Lane}.", nameof(parameters));
        var users = new float[data.Users.Length * d];
        var factors = Start(data.ItemCount, d, seed);
        for (var epoch = 0; epoch < parameters.Epochs; epoch++)
        {
            SolveAll(data.UserItems, factors, users, parameters, workers);
            SolveAll(data.ItemUsers, users, factors, parameters, workers);
        }
        return new ImplicitAlsScorer(parameters, data.ItemCount, factors);
    }

    /// <inheritdoc/>
    public void Score(UserHistory history, Span<float> scores)
    {
        scores.Clear();
        Span<float> user = stackalloc float[Settings.Factors];
        if (!FoldIn(history, user))
            return;
        for (var item = 0; item < ItemCount; item++)
            scores[item] = TensorPrimitives.Dot(user, Factor(item));
    }

    /// <summary>Solves a user's factors from a history, exactly as training solves them.</summary>
    /// <param name="history">What the user took to.</param>
    /// <param name="user">Receives the factors.</param>
    /// <returns>False when no item of the history is known: the factors are 0.</returns>
    internal bool FoldIn(UserHistory history, Span<float> user)
    {
        var known = Known(history);
        user.Clear();
        if (known.Length == 0)
            return false;
        Solve(known, items, gram, ItemCount, Settings, user);
        return true;
    }

    /// <inheritdoc/>
    public void Contributions(UserHistory history, int handle, Span<float> contributions) => Split(history)(handle, contributions);

    /// <inheritdoc/>
    public ScoreSplit Split(UserHistory history)
    {
        var known = Known(history);
        if (known.Length == 0)
            return static (_, contributions) => contributions.Clear();
        var d = Settings.Factors;
        var a = new float[d * d];
        Normal(known, items, gram, ItemCount, Settings, a);
        SmallSystem.Factor(a, d);
        return (handle, contributions) =>
        {
            contributions.Clear();
            if (handle >= ItemCount)
                return;
            // y_j' inv(A) sum of y_h over the history: section 5 of the paper.
            Span<float> direction = stackalloc float[d];
            Factor(handle).CopyTo(direction);
            SmallSystem.Solve(a, direction);
            for (var i = 0; i < history.Count; i++)
                contributions[i] = history.Items[i] < ItemCount ? TensorPrimitives.Dot(direction, Factor(history.Items[i])) : 0;
        };
    }

    /// <summary>The factors of an item.</summary>
    /// <param name="item">The item.</param>
    internal ReadOnlySpan<float> Factor(int item) => items.AsSpan(item * Settings.Factors, Settings.Factors);

    private ReadOnlySpan<int> Known(UserHistory history) =>
        history.Items.AsSpan().IndexOfAnyExceptInRange(0, ItemCount - 1) < 0
            ? history.Items.AsSpan()
            : history.Items.Where(item => item < ItemCount).ToArray();

    private static float[] Start(int rows, int d, ulong seed)
    {
        // Standard deviation 0.1 / sqrt(d), as in the second paper; a sum of four uniforms is normal enough.
        var scale = 0.1 / Math.Sqrt(d) * Math.Sqrt(3);
        var values = new float[rows * d];
        for (var i = 0; i < values.Length; i++)
        {
            var hash = StableHash.Of(seed, (ulong)i);
            var sum = 0.0;
            for (var part = 0; part < 4; part++)
                sum += ((hash >> (16 * part)) & 0xFFFF) / 65535.0;
            values[i] = (float)((sum - 2) * scale);
        }
        return values;
    }

    private static float[] Gram(float[] rows, int d)
    {
        var product = new float[d * d];
        for (var start = 0; start < rows.Length; start += d)
            SmallSystem.AddOuter(product, rows.AsSpan(start, d));
        return product;
    }

    private static void SolveAll(SparseRows ones, float[] known, float[] unknown, ImplicitAlsParameters parameters, ParallelOptions workers)
    {
        var d = parameters.Factors;
        var product = Gram(known, d);
        Parallel.For(0, ones.RowCount, workers, row =>
        {
            var target = unknown.AsSpan(row * d, d);
            target.Clear();
            if (ones[row].Length > 0)
                Solve(ones[row], known, product, ones.ColumnCount, parameters, target);
        });
    }

    private static void Solve(ReadOnlySpan<int> ones, float[] known, float[] gram, int others, ImplicitAlsParameters parameters, Span<float> target)
    {
        var d = parameters.Factors;
        var a = ArrayPool<float>.Shared.Rent(d * d);
        Normal(ones, known, gram, others, parameters, a.AsSpan(0, d * d));
        foreach (var other in ones)
            TensorPrimitives.Add(target, known.AsSpan(other * d, d), target);
        SmallSystem.Factor(a, d);
        SmallSystem.Solve(a, target);
        ArrayPool<float>.Shared.Return(a);
    }

    // A = sum of y y' over the positives + alpha0 Y'Y + lambda (n + alpha0 others) I
    private static void Normal(ReadOnlySpan<int> ones, float[] known, float[] gram, int others, ImplicitAlsParameters parameters, Span<float> a)
    {
        var d = parameters.Factors;
        TensorPrimitives.Multiply(gram, (float)parameters.Unobserved, a);
        foreach (var other in ones)
            SmallSystem.AddOuter(a, known.AsSpan(other * d, d));
        var ridge = (float)(parameters.Regularisation * (ones.Length + (parameters.Unobserved * others)));
        for (var i = 0; i < d; i++)
            a[(i * d) + i] += ridge;
    }
}
