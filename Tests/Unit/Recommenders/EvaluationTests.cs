using System.Collections.Immutable;
using System.Text.Json;
using AgentRec.Recommenders.Evaluation;
using AgentRec.Recommenders.Training;
using static AgentRec.Tests.Unit.Recommenders.SmallData;

namespace AgentRec.Tests.Unit.Recommenders;

public sealed class EvaluationTests
{
    [Fact]
    public void Of_ARankingOfTargets_MeasuresThem()
    {
        var catalogue = Films(30).WithPositives([5, 4, 3]);
        var ranked = Enumerable.Range(0, 30).ToImmutableArray();

        // Targets at places 2, 12 and 25, and one that is not ranked.
        var values = UserMetrics.Of(catalogue, ranked, [1, 11, 24, 99]).Values;

        var ideal = 1 + (1 / Math.Log2(3)) + (1 / Math.Log2(4)) + (1 / Math.Log2(5));
        Assert.Equal(1 / Math.Log2(3) / ideal, values[MetricNames.Ndcg], 1e-12);
        Assert.Equal(1, values[MetricNames.HitRate]);
        Assert.Equal(0.25, values[MetricNames.Recall10]);
        Assert.Equal(0.5, values[MetricNames.Recall20]);
        Assert.Equal(0.5, values[MetricNames.ReciprocalRank]);
        // Five dramas and five comedies: 25 of 45 pairs share no genre. Counts 5, 4, 3: head, torso, tail by nearest rank.
        Assert.Equal(25 / 45.0, values[MetricNames.Diversity], 1e-12);
        Assert.Equal(0.8, values[MetricNames.TailShare], 1e-12);
    }

    [Fact]
    public void Gini_OfKnownSpreads_IsWhatTheFormulaSays()
    {
        Assert.Equal(0, Concentration.Gini([2, 2, 2, 2]), 1e-12);
        Assert.Equal(0.75, Concentration.Gini([0, 0, 0, 8]), 1e-12);
        // ((2 - 5) 1 + (4 - 5) 2 + (6 - 5) 3 + (8 - 5) 4) / (4 * 10)
        Assert.Equal(0.25, Concentration.Gini([3, 1, 4, 2]), 1e-12);
        Assert.Equal(0, Concentration.Gini([0, 0]));
        Assert.Equal(0.5, Concentration.Coverage([0, 1, 0, 5]));
    }

    [Theory]
    [InlineData(5, 1, 1)]
    [InlineData(10, 2, 1)]
    [InlineData(24, 4, 2)]
    [InlineData(35, 7, 2)]
    [InlineData(100, 20, 8)]
    public void TemporalSizes_OfPositives_AreFloorsOfAtLeastOne(int positives, int test, int validation) =>
        Assert.Equal((test, validation), EvaluationSplit.TemporalSizes(positives));

    [Fact]
    public void Cut_LeaveLastOut_TakesTheLastTwoOfUsersWithFive()
    {
        var catalogue = Films(20);
        var interactions = Enumerable.Range(0, 6).Select(i => Rated("u", $"f{i}", 5, i))
            .Append(Rated("u", "f10", 1, 4)).Append(Rated("u", "f11", 1, 5))
            .Concat(Enumerable.Range(0, 4).Select(i => Rated("few", $"f{i}", 5, i))).ToArray();

        var split = EvaluationSplit.Cut(EvaluationSplit.LeaveLastOut, catalogue, interactions, 0);

        var user = Assert.Single(split.Test);
        Assert.Equal(1, split.Skipped);
        Assert.Equal([5], user.Targets.ToArray());
        Assert.Equal([0, 1, 2, 3, 4], user.History.Items.ToArray());
        Assert.Equal([0, 1, 2, 3, 4, 10], user.Excluded.ToArray());
        Assert.Equal([4], Assert.Single(split.HoldOut.Users).Targets.ToArray());
        Assert.Equal([0, 1, 2, 3], Assert.Single(split.HoldOut.Train.Users).Items.ToArray());
        Assert.Equal(5, split.Data.Positives);
        Assert.Equal(20, split.Catalogue.Count);
    }

    [Fact]
    public void Read_OfASplitFile_RanksItsItemsOnly()
    {
        const string file = "user\titem\ttimestamp\tpart\nu\tf3\t1\ttrain\nu\tf1\t1\ttrain\nu\tnew\t2\tval\nu\tf2\t3\ttest\nv\tf1\t1\ttrain\n";

        var split = SplitFile.Read(new StringReader(file), "leave-last-out", Films(9));

        Assert.Equal(["f1", "f2", "f3", "new"], split.Catalogue.Items.Select(item => item.ItemId));
        var user = Assert.Single(split.Test);
        Assert.Equal([2, 0, 3], user.History.Items.ToArray());
        Assert.Equal([0, 2, 3], user.Excluded.ToArray());
        Assert.Equal([1], user.Targets.ToArray());
        Assert.Equal(1, split.Skipped);
        Assert.Equal(2, split.HoldOut.Train.Users.Length);
    }

    [Theory]
    [InlineData("user,item\n", "Line 1")]
    [InlineData("user\titem\ttimestamp\tpart\nu\ti\t1\n", "Line 2")]
    [InlineData("user\titem\ttimestamp\tpart\nu\ti\tx\ttrain\n", "'x'")]
    [InlineData("user\titem\ttimestamp\tpart\nu\ti\t1\tdev\n", "'dev'")]
    public void Read_OfABadSplitFile_NamesTheLine(string file, string named) =>
        Assert.Contains(named, Assert.Throws<InvalidDataException>(() => SplitFile.Read(new StringReader(file), "p", Films(1))).Message, StringComparison.Ordinal);

    [Fact]
    public void Run_OnAnyNumberOfThreads_GivesTheSameReport()
    {
        var data = Walks(items: 40, users: 30, length: 15, seed: 2);
        var interactions = data.Users.SelectMany((user, u) => user.Items.Select((item, place) => Rated($"u{u}", $"f{item}", 5, place)));
        var split = EvaluationSplit.Cut(EvaluationSplit.UserTemporal, Films(40), interactions, 0);

        string Json(int threads)
        {
            var trained = ModelTrainer.Train(split.Catalogue, split.HoldOut, split.Data, new TrainingOptions { Threads = threads });
            var report = new Evaluator(seed: 3, threads, resamples: 50).Run("walks", split, ScorerRanker.All(trained, 3));
            Assert.All(report.Models.SelectMany(model => model.Metrics.Values), metric => Assert.True(metric.Low <= metric.Mean && metric.Mean <= metric.High, $"{metric}"));
            return JsonSerializer.Serialize(
                report with { Models = [.. report.Models.Select(model => model with { FitSeconds = 0, MillisecondsPerUser = 0 })] }, JsonSerializerOptions.Web);
        }

        var one = Json(1);
        Assert.Equal(one, Json(3));
        Assert.StartsWith("""{"dataset":"walks","protocol":"user-temporal","seed":3,"users":{"evaluated":30,"skipped":0},"models":[{"name":"content","parameters":{""", one, StringComparison.Ordinal);
        Assert.Contains("\"ndcg@10\":{\"mean\":", one, StringComparison.Ordinal);
        Assert.Contains("\"fitSeconds\":0,\"millisecondsPerUser\":0,\"policy\":null", one, StringComparison.Ordinal);
    }
}
