using System.Collections.Immutable;
using System.Globalization;
using System.Numerics.Tensors;
using AgentRec.Domain;
using AgentRec.Recommenders.Scorers;

namespace AgentRec.Recommenders.Ranking;

/// <summary>
/// The item side of the ranking model's features: everything that does not depend on a user, laid out once for a model and a
/// catalogue. A <see cref="UserEvidence"/> adds a user to it.
/// </summary>
internal sealed class RankingEvidence
{
    // What follows at once, as against what is taken to in the same season: the sequence scorer counts the latter.
    private static readonly SequenceParameters Next = new(3, 0.7, 0, 1, 1, 0, 0);

    /// <summary>Lays out the evidence.</summary>
    /// <param name="catalogue">The catalogue that is served; its first items are those of training.</param>
    /// <param name="scorers">The scorers.</param>
    /// <param name="times">When items were taken to.</param>
    /// <param name="next">What followed within three places.</param>
    public RankingEvidence(Catalogue catalogue, ImmutableArray<IScorer> scorers, ItemTimes times, Neighbours next)
    {
        (Catalogue, Scorers, Times, NextItems) = (catalogue, scorers, times, next);
        Factors = scorers.OfType<ImplicitAlsScorer>().FirstOrDefault();
        Content = scorers.OfType<ContentScorer>().FirstOrDefault();
        Sequence = scorers.OfType<SequenceScorer>().FirstOrDefault();
        Features = [.. UserEvidence.Names(scorers)];
        Facets = FacetTaste.Of(catalogue);
        Years = [.. Enumerable.Range(0, catalogue.Count).Select(item => YearOf(catalogue.Values(item, FacetNames.Year)))];
        LogCounts = [.. Enumerable.Range(0, catalogue.Count).Select(item => MathF.Log(1 + Count(item)))];
        FactorNorms = Factors is null ? [] : [.. Enumerable.Range(0, Factors.ItemCount).Select(item => TensorPrimitives.Norm(Factors.Factor(item)))];
    }

    public Catalogue Catalogue { get; }

    public ImmutableArray<IScorer> Scorers { get; }

    /// <summary>The names of the features, in the order of a row.</summary>
    public ImmutableArray<string> Features { get; }

    public ItemTimes Times { get; }

    public Neighbours NextItems { get; }

    public ImplicitAlsScorer? Factors { get; }

    public ContentScorer? Content { get; }

    public SequenceScorer? Sequence { get; }

    public FacetTaste Facets { get; }

    /// <summary>The year of publication by item; 0 where none is stated.</summary>
    public int[] Years { get; }

    /// <summary>log(1 + positives) by item.</summary>
    public float[] LogCounts { get; }

    /// <summary>Lengths of the items' factors.</summary>
    public float[] FactorNorms { get; }

    /// <summary>Counts what is counted, over data.</summary>
    /// <param name="catalogue">The catalogue.</param>
    /// <param name="scorers">Scorers fitted to the data.</param>
    /// <param name="data">The training data.</param>
    /// <param name="workers">How many threads, and when to stop.</param>
    public static RankingEvidence Fit(Catalogue catalogue, ImmutableArray<IScorer> scorers, TrainingData data, ParallelOptions workers) =>
        new(catalogue, scorers, ItemTimes.Of(data), SequenceScorer.Fit(data, Next, workers).Transitions);

    /// <summary>The same over a catalogue that has grown or changed.</summary>
    /// <param name="catalogue">The catalogue.</param>
    /// <param name="scorers">The scorers over that catalogue.</param>
    public RankingEvidence With(Catalogue catalogue, ImmutableArray<IScorer> scorers) => new(catalogue, scorers, Times, NextItems);

    /// <summary>Positives of an item in the training data.</summary>
    /// <param name="item">The item.</param>
    public int Count(int item) => item < Times.Starts.Length - 1 ? Times.Starts[item + 1] - Times.Starts[item] : 0;

    private static int YearOf(ImmutableArray<string> values) =>
        values is [var value, ..] && int.TryParse(value, NumberStyles.Integer, CultureInfo.InvariantCulture, out var year) ? year : 0;
}
