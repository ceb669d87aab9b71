using System.Collections.Immutable;

namespace AgentRec.Recommenders.Scorers;

/// <summary>Parameters of <see cref="SequenceScorer"/>.</summary>
/// <param name="Window">The greatest distance w of a counted transition.</param>
/// <param name="Decay">A transition over distance d counts decay^(d-1).</param>
/// <param name="Reverse">What the reverse direction counts, of the forward one.</param>
/// <param name="Recent">How many last items K of a user speak.</param>
/// <param name="RecentWeight">The item k places before the last speaks with this weight to the power k.</param>
/// <param name="SourcePower">The power of popularity that the item gone from is divided by.</param>
/// <param name="TargetPower">The power of popularity that the item gone to is divided by.</param>
public sealed record SequenceParameters(
    int Window, double Decay, double Reverse, int Recent, double RecentWeight, double SourcePower, double TargetPower);

/// <summary>
/// Windowed transitions: T(a,b) = sum of decay^(d-1) over all places where a user took to b at distance d &lt;= w after a, plus
/// the reverse weight times the same for a after b. S(a,b) = T(a,b) / (n(a)^p n(b)^q), where n counts positives. A user's score
/// of b is the sum over the last K items of weight^k S(item, b). (A windowed, popularity-normalised form of the sequential
/// rules of Ludewig, Jannach: Evaluation of session-based recommendation algorithms, UMUAI 2018.)
/// </summary>
public sealed class SequenceScorer : IScorer, IContributor
{
    /// <summary>The scorer's name.</summary>
    public const string ScorerName = "sequence";

    private readonly float[] sourceFactors;
    private readonly float[] targetFactors;
    private readonly float[] recency;

    internal SequenceScorer(SequenceParameters parameters, Neighbours transitions, ImmutableArray<int> counts)
    {
        Settings = parameters;
        Transitions = transitions;
        Counts = counts;
        sourceFactors = Factors(counts, parameters.SourcePower);
        targetFactors = Factors(counts, parameters.TargetPower);
        recency = [.. Enumerable.Range(0, parameters.Recent).Select(k => (float)Math.Pow(parameters.RecentWeight, k))];
    }

    /// <inheritdoc/>
    public string Name => ScorerName;

    /// <inheritdoc/>
    public int ItemCount => Transitions.Count;

    /// <inheritdoc/>
    public ImmutableSortedDictionary<string, double> Parameters => ParameterList.Of(
        ("window", Settings.Window), ("decay", Settings.Decay), ("reverse", Settings.Reverse), ("recent", Settings.Recent),
        ("recentWeight", Settings.RecentWeight), ("sourcePower", Settings.SourcePower), ("targetPower", Settings.TargetPower));

    internal SequenceParameters Settings { get; }

    internal Neighbours Transitions { get; }

    internal ImmutableArray<int> Counts { get; }

    /// <summary>Counts transitions.</summary>
    /// <param name="data">The training data.</param>
    /// <param name="parameters">The parameters.</param>
    /// <param name="workers">How many threads, and when to stop.</param>
    public static SequenceScorer Fit(TrainingData data, SequenceParameters parameters, ParallelOptions workers)
    {
        var weights = Enumerable.Range(0, parameters.Window).Select(d => (float)Math.Pow(parameters.Decay, d)).ToArray();
        var items = data.ItemUsers;
        var places = Places(data);
        var rows = new (int[] Targets, float[] Weights)[data.ItemCount];
        Parallel.For(0, rows.Length, workers, () => new float[data.ItemCount], (item, _, sums) =>
        {
            foreach (var (user, place) in items[item].ToArray().Zip(places[item]))
            {
                var taken = data.Users[user].Items;
                for (var d = 1; d <= weights.Length; d++)
                {
                    if (place + d < taken.Length)
                        sums[taken[place + d]] += weights[d - 1];
                    if (place - d >= 0)
                        sums[taken[place - d]] += (float)parameters.Reverse * weights[d - 1];
                }
            }
            int[] targets = [.. Enumerable.Range(0, sums.Length).Where(target => sums[target] > 0)];
            rows[item] = (targets, [.. targets.Select(target => sums[target])]);
            Array.Clear(sums);
            return sums;
        }, _ => { });
        return new SequenceScorer(parameters, Neighbours.Join(rows), data.PositiveCounts);
    }

    /// <summary>The same transitions read with other weights; window, decay and reverse weight stay as counted.</summary>
    /// <param name="parameters">The parameters.</param>
    internal SequenceScorer With(SequenceParameters parameters) => new(parameters, Transitions, Counts);

    /// <inheritdoc/>
    public void Score(UserHistory history, Span<float> scores)
    {
        scores.Clear();
        for (var k = 0; k < Math.Min(recency.Length, history.Count); k++)
        {
            var source = history.Items[^(k + 1)];
            if (source < ItemCount)
                Transitions.Add(source, recency[k] * sourceFactors[source], scores);
        }
        System.Numerics.Tensors.TensorPrimitives.Multiply(scores[..ItemCount], targetFactors, scores[..ItemCount]);
    }

    /// <inheritdoc/>
    public void Contributions(UserHistory history, int handle, Span<float> contributions)
    {
        contributions.Clear();
        if (handle >= ItemCount)
            return;
        for (var k = 0; k < Math.Min(recency.Length, history.Count); k++)
        {
            var source = history.Items[^(k + 1)];
            if (source < ItemCount)
                contributions[^(k + 1)] = recency[k] * sourceFactors[source] * Transitions.Weight(source, handle) * targetFactors[handle];
        }
    }

    // The place of each item in the histories of its users, parallel to the rows of ItemUsers.
    private static List<int>[] Places(TrainingData data)
    {
        var places = new List<int>[data.ItemCount];
        for (var item = 0; item < places.Length; item++)
            places[item] = [];
        foreach (var user in data.Users)
        {
            for (var place = 0; place < user.Count; place++)
                places[user.Items[place]].Add(place);
        }
        return places;
    }

    private static float[] Factors(ImmutableArray<int> counts, double power) =>
        [.. counts.Select(count => count == 0 ? 0 : (float)Math.Pow(count, -power))];
}
