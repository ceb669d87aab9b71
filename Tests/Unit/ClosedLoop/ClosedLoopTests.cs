using System.Text.Json;
using AgentRec.Cli.Evaluation;
using AgentRec.Domain;
using AgentRec.Grains.Offline;
using AgentRec.Recommenders.Evaluation;

namespace AgentRec.Tests.Unit.ClosedLoop;

public sealed class ClosedLoopTests
{
    private const int Periods = 7;

    [Fact]
    public void Run_OnOneAndTwoThreads_GivesTheSameReportToTheByte() => Assert.Equal(Json(Run(threads: 1)), Json(Run(threads: 2)));

    [Fact]
    public void Run_WithAnotherSeed_GivesAnotherReport() => Assert.NotEqual(Json(Run(threads: 2)), Json(Run(threads: 2, seed: 1)));

    [Fact]
    public void Run_WithBetaZero_GivesTwoArmsThatDoNotDiffer()
    {
        var report = Run(threads: 2, agency: TinyWorld.Rules.Agency with { Beta = 0 });

        Assert.All(report.Periods, period => Assert.Equal(Json(period.Arms[ClosedLoopArms.Off]), Json(period.Arms[ClosedLoopArms.On])));
        Assert.All(report.Comparison.Differences, metric => Assert.Equal(new MetricEstimate(0, 0, 0), metric.Value));
        Assert.Equal((1, 1), (report.Comparison.DistinctItemsRatio, report.Comparison.DistinctTailItemsRatio));
    }

    [Fact]
    public void Run_WithAgency_ShowsOtherItemsThanWithoutIt()
    {
        var report = Run(threads: 2);

        Assert.Equal(Periods, report.Periods.Length);
        // How far agency spreads exposure is for an evaluation on real data to say: thirty users of sixty films see most of them anyway.
        Assert.True(report.Comparison.DistinctTailItemsRatio >= 1, $"tail reach {report.Comparison.DistinctTailItemsRatio}");
        Assert.NotEqual(0, report.Comparison.Differences[MetricNames.Gini].Mean);
        foreach (var arm in (string[])[ClosedLoopArms.On, ClosedLoopArms.Off])
        {
            Assert.True(report.Arms[arm].Consumed > 0, "nobody consumed anything");
            Assert.Equal(report.Arms[arm].Consumed, report.Periods.Sum(period => period.Arms[arm].Consumed));
            Assert.Equal(report.Arms[arm].DistinctItems, report.Periods[^1].Arms[arm].DistinctItems);
            Assert.Equal(report.Periods.Select(period => period.Arms[arm].DistinctItems).Order(), report.Periods.Select(period => period.Arms[arm].DistinctItems));
        }
    }

    [Fact]
    public void HiddenTaste_OfHeldOutItems_IsCertain_AndOfOthersAChance()
    {
        var taste = HiddenTaste.Learn(TinyWorld.Split, 0, 1, default);

        foreach (var (user, i) in TinyWorld.Split.Test.Select((user, i) => (user, i)))
        {
            Assert.All(user.Targets, target => Assert.Equal(1, taste.Of(i, target)));
            Assert.All(
                Enumerable.Range(0, TinyWorld.Split.Catalogue.Count).Except(user.Targets), item => Assert.InRange(taste.Of(i, item), double.Epsilon, 1 - double.Epsilon));
        }
    }

    [Fact]
    public void Report_AsJson_HasAClosedLoopBesideTheModels_WhereThereWasOne()
    {
        var ordinary = new EvaluationReport("d", "user-temporal", 0, new EvaluatedUsers(1, 0), []);
        using var without = JsonDocument.Parse(JsonSerializer.Serialize(ordinary, EvaluationRun.Json));
        using var with = JsonDocument.Parse(JsonSerializer.Serialize(ordinary with { ClosedLoop = Run(threads: 2) }, EvaluationRun.Json));

        Assert.False(without.RootElement.TryGetProperty("closedLoop", out _));
        var loop = with.RootElement.GetProperty("closedLoop");
        Assert.Equal(["periods", "arms", "comparison"], loop.EnumerateObject().Select(member => member.Name));
        Assert.Equal(Periods, loop.GetProperty("periods").GetArrayLength());
        foreach (var arm in (string[])["agencyOn", "agencyOff"])
        {
            var figures = loop.GetProperty("arms").GetProperty(arm);
            Assert.Equal(["metrics", "distinctItems", "distinctTailItems", "consumed"], figures.EnumerateObject().Select(member => member.Name));
            Assert.Equal(["gini@10", "ndcg@10", "recall@10", "tailShare@10"], figures.GetProperty("metrics").EnumerateObject().Select(member => member.Name));
            foreach (var metric in figures.GetProperty("metrics").EnumerateObject())
                Assert.InRange(metric.Value.GetProperty("mean").GetDouble(), metric.Value.GetProperty("low").GetDouble(), metric.Value.GetProperty("high").GetDouble());
        }
    }

    private static ClosedLoopReport Run(int threads, ulong seed = 0, Agency? agency = null) => new AgentRec.Grains.Offline.ClosedLoop(
        TinyWorld.Split, TinyWorld.Model, TinyWorld.Rules with { Agency = agency ?? TinyWorld.Rules.Agency }, new ClosedLoopTerms(Periods, seed, threads)).Run(null, default);

    private static string Json<T>(T value) => JsonSerializer.Serialize(value, JsonSerializerOptions.Web);
}
