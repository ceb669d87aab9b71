using AgentRec.Recommenders;
using AgentRec.Recommenders.Scorers;
using AgentRec.Recommenders.Vectors;
using MathNet.Numerics.LinearAlgebra;
using static AgentRec.Tests.Unit.Recommenders.SmallData;

namespace AgentRec.Tests.Unit.Recommenders;

public sealed class ScorerTests
{
    private static readonly TrainingData Walk = Walks(items: 30, users: 18, length: 9, seed: 4);

    [Fact]
    public void Ease_InBothForms_AgreesWithTheFormula()
    {
        const double lambda = 3;
        var x = Matrix<double>.Build.Dense(Walk.Users.Length, Walk.ItemCount, (user, item) => Walk.Users[user].Items.Contains(item) ? 1 : 0);
        var p = ((x.Transpose() * x) + (lambda * Matrix<double>.Build.DenseIdentity(Walk.ItemCount))).Inverse();
        var history = History(3, 11, 12, 25);
        var dual = Scores(new EaseScorer(new EaseParameters(lambda), DualEaseWeights.Solve(Walk, lambda, OneWorker)), history);
        var dense = Scores(new EaseScorer(new EaseParameters(lambda), DenseEaseWeights.Solve(Walk, new EaseParameters(lambda), OneWorker)), history);

        for (var j = 0; j < Walk.ItemCount; j++)
        {
            var expected = Walk.PositiveCounts[j] == 0 ? 0 : history.Items.Sum(i => i == j ? 0 : -p[i, j] / p[j, j]);
            Assert.Equal(expected, dual[j], 1e-4);
            Assert.Equal(expected, dense[j], 1e-4);
        }
    }

    [Fact]
    public void Ease_BeyondItsCap_KeepsTheMostPopularItems()
    {
        var data = Data(4, [0, 1], [0, 1], [0, 1, 2], [3, 0]);
        var scores = Scores(EaseScorer.Fit(data, new EaseParameters(1, MaximumItems: 2), OneWorker), History(0, 2));

        Assert.True(scores[1] > 0);
        Assert.Equal([0f, 0f], scores[2..]);
    }

    [Fact]
    public void ItemKnn_WithNeighbours_AgreesWithBruteForce()
    {
        const int k = 3;
        const double shrinkage = 2;
        double Similarity(int i, int j) =>
            Walk.Users.Count(user => user.Items.Contains(i) && user.Items.Contains(j))
            / (Math.Sqrt((double)Walk.PositiveCounts[i] * Walk.PositiveCounts[j]) + shrinkage);
        var history = History(3, 11, 12, 25);

        var scores = Scores(ItemKnnScorer.Fit(Walk, new ItemKnnParameters(k, shrinkage), OneWorker), history);

        for (var j = 0; j < Walk.ItemCount; j++)
        {
            var others = Enumerable.Range(0, Walk.ItemCount).Where(i => i != j && Walk.PositiveCounts[j] > 0 && Similarity(i, j) > 0)
                .OrderByDescending(i => (float)Similarity(i, j)).ThenByDescending(i => Walk.PositiveCounts[i])
                .ThenBy(i => AgentRec.Domain.StableHash.Of(0, (ulong)i)).Take(k).ToHashSet();
            Assert.Equal(history.Items.Where(others.Contains).Sum(i => Similarity(i, j)), scores[j], 1e-5);
        }
    }

    [Fact]
    public void Sequence_OfWalks_AgreesWithANaiveCount()
    {
        var p = new SequenceParameters(Window: 3, Decay: 0.8, Reverse: 0.4, Recent: 2, RecentWeight: 0.7, SourcePower: 0.5, TargetPower: 0.3);
        var counts = new double[Walk.ItemCount, Walk.ItemCount];
        foreach (var user in Walk.Users)
        {
            for (var a = 0; a < user.Count; a++)
            {
                for (var b = a + 1; b < Math.Min(user.Count, a + 4); b++)
                {
                    counts[user.Items[a], user.Items[b]] += Math.Pow(0.8, b - a - 1);
                    counts[user.Items[b], user.Items[a]] += 0.4 * Math.Pow(0.8, b - a - 1);
                }
            }
        }
        double S(int a, int b) => counts[a, b] == 0 ? 0 : counts[a, b] / (Math.Pow(Walk.PositiveCounts[a], 0.5) * Math.Pow(Walk.PositiveCounts[b], 0.3));

        var scores = Scores(SequenceScorer.Fit(Walk, p, OneWorker), History(25, 3, 11));

        for (var j = 0; j < Walk.ItemCount; j++)
            Assert.Equal(S(11, j) + (0.7 * S(3, j)), scores[j], 1e-4);
    }

    [Fact]
    public void ImplicitAls_FoldIn_SolvesTheNormalEquations()
    {
        var p = new ImplicitAlsParameters(8, 0.3, 0.05, 10);
        var scorer = ImplicitAlsScorer.Fit(Walk, p, seed: 1, OneWorker);
        var y = Matrix<double>.Build.Dense(Walk.ItemCount, 8, (item, f) => scorer.ItemFactors[(item * 8) + f]);
        var history = History(3, 11, 12);
        var observed = Matrix<double>.Build.DenseOfRowVectors(history.Items.Select(item => y.Row(item)));
        var a = (0.3 * y.TransposeThisAndMultiply(y)) + observed.TransposeThisAndMultiply(observed)
            + (0.05 * (3 + (0.3 * Walk.ItemCount)) * Matrix<double>.Build.DenseIdentity(8));
        var expected = y * a.Solve(observed.ColumnSums());

        var scores = Scores(scorer, history);

        for (var j = 0; j < Walk.ItemCount; j++)
            Assert.Equal(expected[j], scores[j], 1e-4);
    }

    [Fact]
    public void ImplicitAls_AfterManyEpochs_PrefersWhatWasTaken()
    {
        var data = Data(6, [0, 1, 2], [0, 1, 2], [0, 1], [3, 4, 5], [3, 4, 5], [3, 5]);
        var scores = Scores(ImplicitAlsScorer.Fit(data, new ImplicitAlsParameters(8, 0.1, 0.01, 20), seed: 0, OneWorker), History(0, 1));

        Assert.All(scores[3..], other => Assert.True(scores[2] > other + 0.1, $"2 scores {scores[2]}, another {other}"));
    }

    [Fact]
    public void ImplicitAls_WithFactorsThatDoNotFillVectors_SaysSo()
    {
        var problem = Assert.Throws<ArgumentException>(() => ImplicitAlsScorer.Fit(Walk, new ImplicitAlsParameters(10, 1, 1, 1), 0, OneWorker));
        Assert.Contains("multiple of 8", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Popularity_WithHalfLife_HalvesByAge()
    {
        const long day = 86_400_000;
        var data = new TrainingData(2, [UserHistory.Create([(0, 0), (1, 10 * day)]), UserHistory.Create([(1, 10 * day)])]);
        var scores = Scores(PopularityScorer.Fit("popularity", data, new PopularityParameters(10)), UserHistory.Empty);

        Assert.Equal(Math.Log(1.5), scores[0], 1e-6);
        Assert.Equal(Math.Log(3), scores[1], 1e-6);
    }

    [Fact]
    public void Contributions_OfEveryContributor_SumUpToTheScore()
    {
        var catalogue = Films(30);
        var space = ContentSpace.Fit(catalogue, new ContentSpaceParameters(8), 0);
        IScorer[] scorers =
        [
            EaseScorer.Fit(Walk, new EaseParameters(3), OneWorker),
            new EaseScorer(new EaseParameters(3), DenseEaseWeights.Solve(Walk, new EaseParameters(3), OneWorker)),
            ItemKnnScorer.Fit(Walk, new ItemKnnParameters(5, 1), OneWorker),
            ImplicitAlsScorer.Fit(Walk, new ImplicitAlsParameters(8, 0.3, 0.05, 5), 1, OneWorker),
            SequenceScorer.Fit(Walk, new SequenceParameters(4, 0.9, 0.5, 3, 0.8, 0.3, 0.3), OneWorker),
            new ContentScorer(new ContentParameters(3, 0.5), space.Index(catalogue), space.MeaningDimension),
        ];
        var history = History(25, 3, 11, 12);
        foreach (var scorer in scorers)
        {
            var scores = Scores(scorer, history);
            for (var j = 0; j < Walk.ItemCount; j++)
            {
                var parts = new float[history.Count];
                ((IContributor)scorer).Contributions(history, j, parts);
                Assert.Equal(scores[j], parts.Sum(), 1e-4);
            }
        }
    }

    [Fact]
    public void Fit_OnAnyNumberOfThreads_GivesTheSameScores()
    {
        var four = new ParallelOptions { MaxDegreeOfParallelism = 4 };
        var data = Walks(items: 200, users: 120, length: 20, seed: 1);
        var history = History(3, 11, 12, 25);
        (IScorer One, IScorer Four)[] pairs =
        [
            (EaseScorer.Fit(data, new EaseParameters(3), OneWorker), EaseScorer.Fit(data, new EaseParameters(3), four)),
            (ItemKnnScorer.Fit(data, new ItemKnnParameters(5, 1), OneWorker), ItemKnnScorer.Fit(data, new ItemKnnParameters(5, 1), four)),
            (ImplicitAlsScorer.Fit(data, new ImplicitAlsParameters(16, 0.3, 0.05, 3), 1, OneWorker), ImplicitAlsScorer.Fit(data, new ImplicitAlsParameters(16, 0.3, 0.05, 3), 1, four)),
            (SequenceScorer.Fit(data, new SequenceParameters(4, 0.9, 0.5, 3, 0.8, 0.3, 0.3), OneWorker), SequenceScorer.Fit(data, new SequenceParameters(4, 0.9, 0.5, 3, 0.8, 0.3, 0.3), four)),
        ];
        Assert.All(pairs, pair => Assert.Equal(Scores(pair.One, history), Scores(pair.Four, history)));
    }

    [Fact]
    public void Score_OfUnknownHandlesAndLongerCatalogues_IsZeroBeyondTraining()
    {
        var history = History(29, 40, 35);
        IScorer[] scorers =
        [
            EaseScorer.Fit(Walk, new EaseParameters(3), OneWorker),
            ItemKnnScorer.Fit(Walk, new ItemKnnParameters(5, 1), OneWorker),
            ImplicitAlsScorer.Fit(Walk, new ImplicitAlsParameters(8, 0.3, 0.05, 5), 1, OneWorker),
            SequenceScorer.Fit(Walk, new SequenceParameters(4, 0.9, 0.5, 3, 0.8, 0.3, 0.3), OneWorker),
            PopularityScorer.Fit("popularity", Walk, new PopularityParameters(30)),
        ];
        Assert.All(scorers, scorer => Assert.All(Scores(scorer, history, 45)[30..], score => Assert.Equal(0f, score)));
    }
}
