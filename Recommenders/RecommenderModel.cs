using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using AgentRec.Recommenders.Blending;
using AgentRec.Recommenders.Ranking;
using AgentRec.Recommenders.Scorers;
using AgentRec.Recommenders.Vectors;

namespace AgentRec.Recommenders;

/// <summary>
/// The fitted whole over a catalogue: scorers, their calibrated blend, the ranking model that puts the blend's best in order,
/// and the space of content vectors. It does not change, and may be asked by many threads.
/// </summary>
public sealed class RecommenderModel
{
    private readonly Lazy<FrozenSet<string>> newerTitleWords;

    internal RecommenderModel(
        Catalogue catalogue, ModelInfo info, ImmutableArray<IScorer> scorers, Blend blend, RankingModel? ranking, ContentSpace space, VectorIndex index)
    {
        Catalogue = catalogue;
        Info = info;
        Scorers = scorers;
        Blend = blend;
        Ranking = ranking;
        Space = space;
        Index = index;
        newerTitleWords = new(() => space.NewerTitleWords(catalogue));
        First = new FirstStage(scorers, blend, Borrowing.Of(catalogue.PositiveCounts, index, space.MeaningDimension, new ParallelOptions()), info.TrainedItems);
    }

    /// <summary>What candidates are picked by.</summary>
    internal FirstStage First { get; }

    /// <summary>The catalogue that is scored; its first items are those of training.</summary>
    public Catalogue Catalogue { get; }

    /// <summary>What the model is made of.</summary>
    public ModelInfo Info { get; }

    /// <summary>The scorers, in the order of the blend's weights.</summary>
    public ImmutableArray<IScorer> Scorers { get; }

    /// <summary>The learned weights and calibrations.</summary>
    public Blend Blend { get; }

    /// <summary>The learned ranking model; null where the data taught none that ranks better than the blend.</summary>
    public RankingModel? Ranking { get; }

    /// <summary>Turns texts and items into vectors.</summary>
    public ContentSpace Space { get; }

    /// <summary>The vectors of the catalogue's items.</summary>
    public VectorIndex Index { get; }

    /// <summary>The vector of a text. Words that no item of the catalogue has say nothing; those of items that came after training count.</summary>
    /// <param name="text">Any text.</param>
    public float[] EmbedText(string text) => Space.EmbedText(text, newerTitleWords.Value);

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
        ImmutableArray<IScorer> scorers =
            [.. Scorers.Select(scorer => scorer is ContentScorer content ? new ContentScorer(content.Settings, index, Space.MeaningDimension) : scorer)];
        return new RecommenderModel(
            catalogue, Info, scorers, Blend, Ranking?.With(Ranking.Evidence.With(catalogue, scorers)), Space, index);
    }

    /// <summary>Scores the whole catalogue for a user: by the blend, and the best of it by the ranking model, run in process.</summary>
    /// <param name="history">What the user took to; empty for a new user.</param>
    public UserScores Score(UserHistory history)
    {
        var prepared = Prepare(history, []);
        return prepared.Case is { } unranked ? prepared.Ranked(unranked.Score()) : prepared;
    }

    /// <summary>Scores the whole catalogue for a user by the blend alone.</summary>
    /// <param name="history">What the user took to; empty for a new user.</param>
    public UserScores ScoreByBlend(UserHistory history) =>
        new(Catalogue, Blend.For(history).Calibration, First.Score(history, Catalogue.Count));

    /// <summary>
    /// Scores the whole catalogue for a user by the blend, keeps what explanations of the best items need, and lays out the
    /// case for the ranking model where there is one: whoever runs it ends with <see cref="UserScores.Ranked"/>.
    /// </summary>
    /// <param name="history">What the user took to; empty for a new user.</param>
    /// <param name="shown">Items that were shown lately: rules may keep them from being shown again, so that what explanations need is kept of others as well.</param>
    public UserScores Prepare(UserHistory history, ImmutableArray<int> shown)
    {
        ScorePart[] parts = [.. Scorers.Select(_ => ScorePart.Rent(Catalogue.Count))];
        var raw = First.Score(history, Catalogue.Count, parts);
        var falling = UserScores.Falling(raw);
        var pool = RankingPool.Of(falling, history.Items, Catalogue);
        var fresh = shown.IsEmpty ? pool : RankingPool.Of(falling, [.. history.Items, .. shown], Catalogue);
        var scores = new UserScores(Catalogue, Blend.For(history).Calibration, raw)
        {
            Parts = new BestParts(pool.Items.Concat(fresh.Items), parts),
            Newcomers = [.. falling.Where(item => Catalogue.PositiveCounts[item] == 0).Except(history.Items).Take(NominationOrder.Kept)],
        };
        if (Ranking is not null && history.Count > 0)
            scores = scores.With(Ranking.Open(First.Borrowing, history, raw, parts, pool));
        Array.ForEach(parts, part => part.Return());
        return scores;
    }

    /// <summary>
    /// How much each item of the history speaks for an item: the scorers' own contributions, each in the units of the raw
    /// score, summed. Items that speak neither for nor against are left out.
    /// </summary>
    /// <param name="history">What the user took to.</param>
    /// <param name="handle">The item that is explained.</param>
    /// <returns>Largest first; ties by the newer item.</returns>
    public ImmutableArray<Contribution> Contributions(UserHistory history, int handle) => Contributions(history, [handle])[0];

    /// <summary>The contributions to several items; a whole slate costs little more than one item.</summary>
    /// <param name="history">What the user took to.</param>
    /// <param name="handles">The items that are explained.</param>
    /// <param name="scores">The user's explainable scores, which spare a second scoring; null where there are none.</param>
    /// <returns>Contributions to each item, largest first, parallel to <paramref name="handles"/>.</returns>
    public ImmutableArray<ImmutableArray<Contribution>> Contributions(UserHistory history, ReadOnlySpan<int> handles, UserScores? scores = null)
    {
        var weights = Blend.For(history).Weights;
        var totals = new double[handles.Length][];
        for (var i = 0; i < totals.Length; i++)
            totals[i] = new double[history.Count];
        var parts = new float[history.Count];
        for (var s = 0; s < Scorers.Length; s++)
        {
            if (Scorers[s] is not IContributor contributor || weights[s] <= 0 || history.Count == 0)
                continue;
            ScorePart? all = null;
            ScoreSplit? split = null;
            for (var i = 0; i < handles.Length; i++)
            {
                if (scores?.Parts?.Find(s, handles[i]) is not var (score, scaled))
                {
                    all ??= ScoreOf(Scorers[s], history);
                    (score, scaled) = (all.Scores[handles[i]], all.Scaled[handles[i]]);
                }
                // The rescaled score is shared out like the score itself, where the scorer speaks for the item at all.
                var worth = weights[s] * scaled;
                if (score <= 0 || worth <= 0)
                    continue;
                split ??= contributor.Split(history);
                split(handles[i], parts);
                for (var h = 0; h < parts.Length; h++)
                    totals[i][h] += worth * parts[h] / score;
            }
        }
        return [.. totals.Select(total => Sorted(history, total))];
    }

    private ScorePart ScoreOf(IScorer scorer, UserHistory history)
    {
        var part = ScorePart.Of(Catalogue.Count);
        scorer.Score(history, part.Scores);
        part.Scores.CopyTo(part.Scaled, 0);
        ScoreScale.Apply(part.Scaled, Info.TrainedItems);
        return part;
    }

    private static ImmutableArray<Contribution> Sorted(UserHistory history, double[] total)
    {
        var speaking = new int[total.Length];
        var count = 0;
        for (var h = 0; h < total.Length; h++)
        {
            if (total[h] != 0)
                speaking[count++] = h;
        }
        var sorted = speaking.AsSpan(0, count);
        sorted.Sort((one, other) => total[other].CompareTo(total[one]) is var order and not 0 ? order : other.CompareTo(one));
        var contributions = new Contribution[count];
        for (var i = 0; i < count; i++)
            contributions[i] = new Contribution(history.Items[sorted[i]], total[sorted[i]]);
        return ImmutableCollectionsMarshal.AsImmutableArray(contributions);
    }
}
