using System.Collections.Immutable;
using System.Buffers;
using AgentRec.Recommenders.Blending;
using AgentRec.Recommenders.Scorers;
using AgentRec.Recommenders.Vectors;

namespace AgentRec.Recommenders;

/// <summary>
/// The fitted whole over a catalogue: scorers, their calibrated blend, and the space of content vectors. It does not
/// change, and may be asked by many threads.
/// </summary>
public sealed class RecommenderModel
{
    internal RecommenderModel(
        Catalogue catalogue, ModelInfo info, ImmutableArray<IScorer> scorers, Blend blend, ContentSpace space, VectorIndex index)
    {
        Catalogue = catalogue;
        Info = info;
        Scorers = scorers;
        Blend = blend;
        Space = space;
        Index = index;
    }

    /// <summary>The catalogue that is scored; its first items are those of training.</summary>
    public Catalogue Catalogue { get; }

    /// <summary>What the model is made of.</summary>
    public ModelInfo Info { get; }

    /// <summary>The scorers, in the order of the blend's weights.</summary>
    public ImmutableArray<IScorer> Scorers { get; }

    /// <summary>The learned weights and calibrations.</summary>
    public Blend Blend { get; }

    /// <summary>Turns texts and items into vectors.</summary>
    public ContentSpace Space { get; }

    /// <summary>The vectors of the catalogue's items.</summary>
    public VectorIndex Index { get; }

    /// <summary>A scorer by name, or null.</summary>
    /// <param name="name">The name.</param>
    public IScorer? Scorer(string name) => Scorers.FirstOrDefault(scorer => string.Equals(scorer.Name, name, StringComparison.Ordinal));

    /// <summary>
    /// The same model over a catalogue that has grown or changed. Items that came after training are scored by their content;
    /// of the other scorers they get what an item without interactions gets.
    /// </summary>
    /// <param name="catalogue">A catalogue that extends this one's, handles kept.</param>
    /// <exception cref="ArgumentException">The catalogue is another one.</exception>
    public RecommenderModel WithCatalogue(Catalogue catalogue)
    {
        if (catalogue.Count < Info.TrainedItems
            || Enumerable.Range(0, Info.TrainedItems).FirstOrDefault(handle => !string.Equals(catalogue.Item(handle).ItemId, Catalogue.Item(handle).ItemId, StringComparison.Ordinal), -1) >= 0)
        {
            throw new ArgumentException($"The model was trained on {Info.TrainedItems} items that this catalogue of {catalogue.Count} does not begin with: extend the trained catalogue, or train anew.", nameof(catalogue));
        }
        var index = Space.Index(catalogue);
        return new RecommenderModel(
            catalogue, Info,
            [.. Scorers.Select(scorer => scorer is ContentScorer content ? new ContentScorer(content.Settings, index, Space.MeaningDimension) : scorer)],
            Blend, Space, index);
    }

    /// <summary>Scores the whole catalogue for a user.</summary>
    /// <param name="history">What the user took to; empty for a new user.</param>
    public UserScores Score(UserHistory history)
    {
        var raw = new float[Catalogue.Count];
        Blend.Score(Scorers, history, Info.TrainedItems, raw);
        return new UserScores(Catalogue, Blend.For(history).Calibration, raw);
    }

    /// <summary>
    /// How much each item of the history speaks for an item: the scorers' own contributions, each in the units of the raw
    /// score, summed. Items that speak neither for nor against are left out.
    /// </summary>
    /// <param name="history">What the user took to.</param>
    /// <param name="handle">The item that is explained.</param>
    /// <returns>Largest first; ties by the newer item.</returns>
    public ImmutableArray<Contribution> Contributions(UserHistory history, int handle) => Contributions(history, [handle])[0];

    /// <summary>The contributions to several items, for the price of one scoring.</summary>
    /// <param name="history">What the user took to.</param>
    /// <param name="handles">The items that are explained.</param>
    /// <returns>For each item, largest first; ties by the newer item.</returns>
    public ImmutableArray<ImmutableArray<Contribution>> Contributions(UserHistory history, ImmutableArray<int> handles)
    {
        var weights = Blend.For(history).Weights;
        var totals = handles.Select(_ => new double[history.Count]).ToArray();
        var parts = new float[history.Count];
        var raw = new float[handles.Length];
        var rented = ArrayPool<float>.Shared.Rent(Catalogue.Count);
        var scores = rented.AsSpan(0, Catalogue.Count);
        for (var s = 0; s < Scorers.Length; s++)
        {
            if (Scorers[s] is not IContributor contributor || weights[s] <= 0 || history.Count == 0)
                continue;
            Scorers[s].Score(history, scores);
            for (var h = 0; h < raw.Length; h++)
                raw[h] = scores[handles[h]];
            ScoreScale.Apply(scores, Info.TrainedItems);
            for (var h = 0; h < raw.Length; h++)
            {
                // Without any evidence for an item there is nothing to share out; otherwise the rescaled score is shared out like the score itself.
                if (raw[h] <= 0 || scores[handles[h]] <= 0)
                    continue;
                contributor.Contributions(history, handles[h], parts);
                for (var i = 0; i < parts.Length; i++)
                    totals[h][i] += weights[s] * scores[handles[h]] * parts[i] / raw[h];
            }
        }
        ArrayPool<float>.Shared.Return(rented);
        return [.. totals.Select(Ordered)];

        ImmutableArray<Contribution> Ordered(double[] total) =>
        [
            .. Enumerable.Range(0, history.Count)
                .Where(i => total[i] != 0)
                .OrderByDescending(i => total[i])
                .ThenByDescending(i => i)
                .Select(i => new Contribution(history.Items[i], total[i])),
        ];
    }
}
