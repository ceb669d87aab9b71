using System.Collections.Immutable;

namespace AgentRec.Recommenders;

/// <summary>What a fitted model is made of.</summary>
/// <param name="TrainedItems">The size of the catalogue at training: handles from here on are scored by content alone.</param>
/// <param name="Users">Users in the training data.</param>
/// <param name="Positives">Positives in the training data.</param>
/// <param name="FirstTime">The oldest positive, in Unix milliseconds.</param>
/// <param name="LastTime">The newest positive, in Unix milliseconds.</param>
/// <param name="Seed">The seed of everything random.</param>
/// <param name="Metrics">NDCG@10 on the held-out tail by model, before the final fit.</param>
public sealed record ModelInfo(
    int TrainedItems,
    int Users,
    int Positives,
    long FirstTime,
    long LastTime,
    ulong Seed,
    ImmutableSortedDictionary<string, double> Metrics);
