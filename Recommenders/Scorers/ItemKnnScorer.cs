using System.Collections.Immutable;

namespace AgentRec.Recommenders.Scorers;

/// <summary>Parameters of <see cref="ItemKnnScorer"/>.</summary>
/// <param name="Neighbours">How many of its most similar items each item keeps.</param>
/// <param name="Shrinkage">Added to the denominator: makes similarities that rest on few users small.</param>
public sealed record ItemKnnParameters(int Neighbours, double Shrinkage);

/// <summary>
/// Item-based neighbourhood (Deshpande, Karypis: Item-based top-N recommendation algorithms, TOIS 2004) with shrunk cosine
/// s(i,j) = n(i,j) / (sqrt(n(i) n(j)) + shrinkage), where n counts users with a positive. Each item j keeps its nearest N(j); a
/// user's score of j is the sum of s(i,j) over the items i of the history that are in N(j).
/// </summary>
public sealed class ItemKnnScorer : IScorer, IContributor
{
    /// <summary>The scorer's name.</summary>
    public const string ScorerName = "itemknn";

    internal ItemKnnScorer(ItemKnnParameters parameters, Neighbours neighbours)
    {
        Settings = parameters;
        Similar = neighbours;
    }

    /// <inheritdoc/>
    public string Name => ScorerName;

    /// <inheritdoc/>
    public int ItemCount => Similar.Count;

    /// <inheritdoc/>
    public ImmutableSortedDictionary<string, double> Parameters =>
        ParameterList.Of(("neighbours", Settings.Neighbours), ("shrinkage", Settings.Shrinkage));

    internal ItemKnnParameters Settings { get; }

    /// <summary>From each item to those that keep it as a neighbour.</summary>
    internal Neighbours Similar { get; }

    /// <summary>Finds the neighbours of every item.</summary>
    /// <param name="data">The training data.</param>
    /// <param name="parameters">The parameters.</param>
    /// <param name="workers">How many threads, and when to stop.</param>
    public static ItemKnnScorer Fit(TrainingData data, ItemKnnParameters parameters, ParallelOptions workers)
    {
        var (users, items) = (data.UserItems, data.ItemUsers);
        var rows = new (int[] Targets, float[] Weights)[data.ItemCount];
        Parallel.For(0, rows.Length, workers, () => new float[data.ItemCount], (item, _, common) =>
        {
            foreach (var user in items[item])
            {
                foreach (var other in users[user])
                    common[other]++;
            }
            rows[item] = Nearest(item, common);
            Array.Clear(common);
            return common;
        }, _ => { });
        return new ItemKnnScorer(parameters, Neighbours.Join(rows).Transpose());

        (int[] Targets, float[] Weights) Nearest(int item, float[] common)
        {
            var similar = new List<(int Item, double Similarity)>();
            for (var other = 0; other < common.Length; other++)
            {
                if (common[other] > 0 && other != item)
                    similar.Add((other, common[other] / (Math.Sqrt((double)items[item].Length * items[other].Length) + parameters.Shrinkage)));
            }
            // Ties at the edge go to the more popular item, then by hash: never by how handles were given.
            (int Item, double Similarity)[] nearest =
            [
                .. similar
                    .OrderByDescending(entry => entry.Similarity)
                    .ThenByDescending(entry => items[entry.Item].Length)
                    .ThenBy(entry => StableHash.Of(0, (ulong)entry.Item))
                    .Take(parameters.Neighbours)
                    .OrderBy(entry => entry.Item),
            ];
            return ([.. nearest.Select(entry => entry.Item)], [.. nearest.Select(entry => (float)entry.Similarity)]);
        }
    }

    /// <inheritdoc/>
    public void Score(UserHistory history, Span<float> scores)
    {
        scores.Clear();
        foreach (var item in history.Items)
        {
            if (item < ItemCount)
                Similar.Add(item, 1, scores);
        }
    }

    /// <inheritdoc/>
    public void Contributions(UserHistory history, int handle, Span<float> contributions)
    {
        for (var i = 0; i < history.Count; i++)
            contributions[i] = history.Items[i] < ItemCount ? Similar.Weight(history.Items[i], handle) : 0;
    }
}
