using System.Collections.Immutable;
using System.Text.Json;
using AgentRec.Cli;
using AgentRec.Cli.Evaluation;
using AgentRec.Domain;
using AgentRec.Grains.Offline.Dialogues;
using AgentRec.Recommenders.Dialogue;
using AgentRec.Recommenders.Evaluation;
using AgentRec.Recommenders.Evaluation.Dialogues;
using AgentRec.Tests.Unit.ClosedLoop;

namespace AgentRec.Tests.Unit.Dialogue;

public sealed class DialogueEvaluationTests
{
    private static readonly AskStrategy[] Strategies = Enum.GetValues<AskStrategy>();

    [Fact]
    public void Run_OverASmallWorld_TalksToEveryUserInEveryWay()
    {
        var report = Run(threads: 2);

        Assert.Equal(Strategies.Length * 2, report.Strategies.Length);
        Assert.Equal(0, report.Leaks);
        Assert.Equal(TinyWorld.Split.Test.Length, report.Users.Evaluated);
        Assert.All(report.Strategies, arm =>
        {
            Assert.Equal(DialogueRun.Turns, arm.SuccessByTurn.Length);
            Assert.Equal(arm.SuccessByTurn.Order(), arm.SuccessByTurn);
            Assert.InRange(arm.Questions, 0, AskTerms.Default.Limit);
            Assert.Equal(arm.Name == "none", arm.Questions == 0);
        });
        // Sixty films in slates of ten, of which a user knows some: whoever sees five of them has seen nearly all.
        Assert.True(report.Strategies.First(arm => arm.Name == "none").SuccessByTurn[^1] > 0.8);
    }

    [Fact]
    public void Run_OnAnyNumberOfThreads_IsTheSame() => Assert.Equal(Written(Run(threads: 1)), Written(Run(threads: 4)));

    [Fact]
    public void Report_AsJson_HasTheNamesThatScriptsRelyOn()
    {
        using var json = JsonDocument.Parse(Written(Run(threads: 2)));

        Assert.Equal(0, json.RootElement.GetProperty("leaks").GetInt32());
        var arm = json.RootElement.GetProperty("strategies")[0];
        Assert.Equal("none", arm.GetProperty("name").GetString());
        Assert.Equal(0, arm.GetProperty("noise").GetDouble());
        Assert.Equal(DialogueRun.Turns, arm.GetProperty("successByTurn").GetArrayLength());
        Assert.InRange(arm.GetProperty("mrr@10").GetDouble(), 0, 1);
        Assert.Equal(0, arm.GetProperty("questions").GetDouble());
        Assert.Equal("random", arm.GetProperty("ratios")[0].GetProperty("to").GetString());
        Assert.True(json.RootElement.GetProperty("pools").EnumerateArray().Single(pool => pool.GetProperty("name").GetString() == "entropy" && pool.GetProperty("noise").GetDouble() == 0)
            .GetProperty("ratios")[0].GetProperty("mrr@10").GetProperty("low").GetDouble() > 0);
    }

    [Fact]
    public void Ratios_OverTheSameUsers_AreThoseOfTheMeans_WithTheirIntervals()
    {
        var report = Run(threads: 2);

        foreach (var (arm, pool) in report.Strategies.Zip(report.Pools))
        {
            Assert.Equal(new[] { "random", "none" }.Where(name => name != arm.Name), arm.Ratios.Select(ratio => ratio.To));
            Assert.Equal(arm.Ratios.Select(ratio => ratio.To), pool.Ratios.Select(ratio => ratio.To));
            foreach (var (ratio, own) in arm.Ratios.Zip(pool.Ratios))
            {
                var other = report.Strategies.Single(one => one.Name == ratio.To && one.Noise == arm.Noise);
                Assert.Equal(arm.SuccessByTurn[^1] / other.SuccessByTurn[^1], ratio.Success!.Mean, 1e-9);
                Assert.Equal(arm.ReciprocalRank / other.ReciprocalRank, ratio.ReciprocalRank!.Mean, 1e-9);
                Assert.InRange(ratio.ReciprocalRank.Mean, ratio.ReciprocalRank.Low, ratio.ReciprocalRank.High);
                Assert.Null(own.Success);
            }
        }
    }

    [Fact]
    public void Ratio_OfPairedUsers_IsNarrowerThanTheIntervalsOfItsParts_AndNoneWhereThereIsNothingToCompareTo()
    {
        var measures = new DialogueMeasures(5, 1, new ParallelOptions());
        // Who is found late the one way is found late the other: twice as good for everybody.
        DialogueOutcome[] good = [.. Enumerable.Range(0, 100).Select(i => new DialogueOutcome(1, 1 + (i % 5), 0, 0))], half = [.. good.Select(one => one with { Place = one.Place * 2 })];

        var ratio = Assert.Single(measures.Ratios(good, [("half", half)])).ReciprocalRank!;

        Assert.Equal((2.0, 2.0, 2.0), (Math.Round(ratio.Mean, 9), Math.Round(ratio.Low, 9), Math.Round(ratio.High, 9)));
        Assert.Equal(new DialogueRatio("nothing", null, null), Assert.Single(measures.Ratios(good, [("nothing", [.. good.Select(_ => new DialogueOutcome(0, 0, 0, 0))])])));
        // One user of a hundred: a third of the resamples have nobody to compare to.
        Assert.Null(Assert.Single(measures.Ratios(good, [("one", [.. good.Select((_, i) => new DialogueOutcome(i == 0 ? 1 : 0, i == 0 ? 1 : 0, 0, 0))])])).ReciprocalRank);
    }

    [Fact]
    public void Pools_OfAQuestionThatTells_RankBetterThanThoseOfNone()
    {
        var pools = new PoolTrial(DialogueWorld.Catalogue, AskTerms.Default, 7);
        ImmutableArray<EvaluationUser> users = [.. Enumerable.Range(0, 200).Select(i => new EvaluationUser($"u{i}", TinyWorld.Split.Test[0].History, [i % 24], []))];

        double Mean(AskStrategy strategy, double noise) =>
            users.Average(user => pools.Play(user, user.Targets[0], strategy, noise) is { Place: <= 10 and var place } ? 1.0 / place : 0);

        Assert.True(Mean(AskStrategy.Entropy, 0) > 2 * Mean(AskStrategy.None, 0));
        Assert.True(Mean(AskStrategy.Entropy, 0) > Mean(AskStrategy.Entropy, 0.5));
        Assert.All(users, user => Assert.Equal(3, pools.Play(user, user.Targets[0], AskStrategy.Thompson, 0.25).Questions));
    }

    [Fact]
    public void Reply_WithoutNoise_IsAnOptionThatTheTargetFits_AndNeverNamesIt()
    {
        foreach (var question in DialogueWorld.Candidates())
        {
            for (var target = 0; target < DialogueWorld.Catalogue.Count; target++)
            {
                var item = DialogueWorld.Catalogue.Item(target);
                var said = new SimulatedReply(DialogueWorld.Catalogue, target, 0, 1).To(question, 1);
                var option = question.OptionOf(said);
                Assert.True(option >= 0);
                Assert.All(question.Meaning(option), wish => Assert.True(wish.IsMetBy(DialogueWorld.Catalogue.Values(target, wish.Facet))));
                Assert.False(LeakCheck.IsLeak(said, item));
                Assert.False(LeakCheck.IsLeak(new SimulatedReply(DialogueWorld.Catalogue, target, 1, 1).To(question, 1), item));
            }
        }
    }

    [Fact]
    public void Reply_UnderNoise_IsAsOftenAtRandomAsItIsMeantToBe()
    {
        var question = DialogueWorld.About("genre");
        // Film E is a comedy and nothing else: one option of five is what it would say.
        var meant = Enumerable.Range(0, 2_000).Count(seed => new SimulatedReply(DialogueWorld.Catalogue, 4, 0.5, (ulong)seed).To(question, 1) == "Comedy");

        Assert.InRange(meant / 2_000.0, 0.55, 0.65);
    }

    [Theory]
    [InlineData("Heat (1995)", true)]
    [InlineData("I want heat!", true)]
    [InlineData("number 6, please", true)]
    [InlineData("the heath of the 1960s", false)]
    [InlineData("Action", false)]
    public void Leak_OfTitleOrId_IsCaught(string reply, bool isLeak) =>
        Assert.Equal(isLeak, LeakCheck.IsLeak(reply, new Item("6", "Heat (1995)", null, Item.NoFacets, null)));

    [Fact]
    public void Leak_OfAWordThatTheGenreSaysToo_IsNone() =>
        Assert.False(LeakCheck.IsLeak("Western", new Item("77", "Western (1997)", null, Item.NoFacets.Add(FacetNames.Genre, ["Western"]), null)));

    [Fact]
    public void Report_WithALeak_FailsTheRun()
    {
        var clean = Run(threads: 2);
        var file = Path.GetTempFileName();
        try
        {
            Assert.Equal(ExitCode.Done, DialogueEvaluation.Report(clean, file));
            Assert.Equal(ExitCode.Failed, DialogueEvaluation.Report(clean with { Leaks = 1 }, file));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void Run_WithAUserWhoLetsSlipWhatIsWanted_CountsTheLeaks()
    {
        var report = new DialogueRun(TinyWorld.Model, AskTerms.Default with { Cost = 0 }, 3) { Replies = (target, _, _) => new Blabbermouth(target) }
            .Run("tiny", TinyWorld.Split, [AskStrategy.Random], [0], null, new ParallelOptions());

        Assert.True(report.Leaks > 0);
        Assert.Equal(ExitCode.Failed, DialogueEvaluation.Report(report, "-"));
    }

    [Fact]
    public void Reply_WhoseOnlyFittingOptionIsTheTitle_HasNoPreference()
    {
        var catalogue = AgentRec.Recommenders.Catalogue.Create(Enumerable.Range(0, 6).Select(i => new Item($"f{i}", $"Kind{i}", null, Item.NoFacets.Add("kind", [$"Kind{i}"]), null)));
        ImmutableArray<WeightedItem> window = [.. Enumerable.Range(0, 6).Select(i => new WeightedItem(i, 1))];
        var question = Assert.Single(QuestionCandidates.Of(catalogue, window, [], AskTerms.Default));

        Assert.Equal(Question.NoPreference, new SimulatedReply(catalogue, 2, 0, 1).To(question, 1));
    }

    [Theory]
    [InlineData(null, "0 0.25 0.5")]
    [InlineData("0,25,50", "0 0.25 0.5")]
    [InlineData("0.1, 30%", "0.1 0.3")]
    [InlineData("1", "1")]
    public void Noises_AsProbabilitiesOrPercentages_AreRead(string? text, string expected) =>
        Assert.Equal(
            expected.Split(' ').Select(one => double.Parse(one, System.Globalization.CultureInfo.InvariantCulture)), DialogueEvaluation.ReadNoises(text is null ? null : [text]));

    [Theory]
    [InlineData("loud")]
    [InlineData("-1")]
    [InlineData("101")]
    [InlineData("NaN")]
    public void Noises_ThatAreNone_AreAUsageError(string text) =>
        Assert.Equal(ExitCode.Usage, Assert.Throws<CommandFailure>(() => DialogueEvaluation.ReadNoises([text])).ExitCode);

    private sealed class Blabbermouth(int target) : ISimulatedReply
    {
        public string To(Question question, int turn) => $"What I want is {TinyWorld.Model.Catalogue.Item(target).Title}.";
    }

    private static DialogueReport Run(int threads) =>
        new DialogueRun(TinyWorld.Model, AskTerms.Default with { Cost = 0 }, 3)
            .Run("tiny", TinyWorld.Split, Strategies, [0, 0.5], null, new ParallelOptions { MaxDegreeOfParallelism = threads });

    private static string Written(DialogueReport report) => JsonSerializer.Serialize(report, EvaluationRun.Json);
}
