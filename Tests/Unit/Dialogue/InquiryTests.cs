using System.Collections.Immutable;
using AgentRec.Domain;
using AgentRec.Recommenders;
using AgentRec.Recommenders.Dialogue;

namespace AgentRec.Tests.Unit.Dialogue;

public sealed class InquiryTests
{
    private const double Strength = Belief.PriorStrength;

    [Theory]
    [InlineData(0)]
    [InlineData(0.1)]
    [InlineData(0.5)]
    public void Gain_OfEveryQuestion_IsThatOfWeighingEveryAnswer(double noise)
    {
        foreach (var question in DialogueWorld.Candidates())
            Assert.Equal(BruteForce(question, noise), InformationGain.Of(new AnswerModel(question, DialogueWorld.Catalogue, noise), DialogueWorld.Window), 9);
    }

    [Fact]
    public void Gain_OfAQuestionThatAllItemsAnswerAlike_IsNothing()
    {
        var question = DialogueWorld.About("genre");
        ImmutableArray<WeightedItem> westerns = [.. DialogueWorld.Window.Where(item => DialogueWorld.Catalogue.Values(item.Handle, "genre") is ["Western"])];

        Assert.NotEmpty(westerns);
        Assert.Equal(0, InformationGain.Of(new AnswerModel(question, DialogueWorld.Catalogue, 0.1), westerns), 9);
        Assert.Equal(0, InformationGain.Of(new AnswerModel(question, DialogueWorld.Catalogue, 0.1), []), 9);
    }

    [Fact]
    public void Entropy_AsksWhatTellsMost_AndOthersNoMore()
    {
        var best = Decide(AskStrategy.Entropy, 0).Question!;

        Assert.Equal(DialogueWorld.Candidates().Max(Gain), Gain(best), 9);
        foreach (var strategy in (AskStrategy[])[AskStrategy.Random, AskStrategy.Thompson])
            Assert.All(Enumerable.Range(0, 20), seed => Assert.True(Gain(Decide(strategy, (ulong)seed).Question!) <= Gain(best) + 1e-9));
    }

    [Theory]
    [InlineData(AskStrategy.Random)]
    [InlineData(AskStrategy.Entropy)]
    [InlineData(AskStrategy.Thompson)]
    public void Decision_ForTheSameSeed_IsTheSame_AndDependsOnNothingElse(AskStrategy strategy)
    {
        for (var seed = 0ul; seed < 10; seed++)
            Assert.Equal(Decide(strategy, seed).Question!.Text, Decide(strategy, seed).Question!.Text);
        if (strategy is AskStrategy.Random)
            Assert.True(Enumerable.Range(0, 40).Select(seed => Decide(strategy, (ulong)seed).Question!.Text).Distinct().Count() > 1);
    }

    [Fact]
    public void None_NeverAsks() => Assert.Null(Decide(AskStrategy.None, 0).Question);

    [Fact]
    public void Question_ThatCostsMoreThanItTells_IsNotAsked()
    {
        var decision = Decide(AskStrategy.Entropy, 0, AskTerms.Default with { Cost = 5 });

        Assert.Null(decision.Question);
        Assert.True(decision.Gain > 0);
    }

    [Fact]
    public void Limit_OfTheSession_EndsTheQuestions()
    {
        ImmutableArray<Question> asked = [.. DialogueWorld.Candidates().Take(2)];

        Assert.Null(Decide(AskStrategy.Entropy, 0, AskTerms.Default with { Limit = 2, Cost = 0 }, asked).Question);
        Assert.NotNull(Decide(AskStrategy.Entropy, 0, AskTerms.Default with { Limit = 3, Cost = 0 }, asked).Question);
    }

    [Fact]
    public void Window_ThatFitsIntoTheSlate_IsShown() =>
        Assert.Null(new Inquiry(DialogueWorld.Catalogue, AskTerms.Default with { Cost = 0 }).Decide(DialogueWorld.Window, Strength, 24, [], 0).Question);

    [Fact]
    public void Window_WhoseFirstPlacesAreAsGoodAsCertain_IsShown()
    {
        ImmutableArray<WeightedItem> sure = [.. DialogueWorld.Window.Select(item => item with { Weight = item.Handle < 5 ? 1 : 1e-6 })];

        Assert.Null(new Inquiry(DialogueWorld.Catalogue, AskTerms.Default with { Cost = 0.1 }).Decide(sure, Strength, 5, [], 0).Question);
    }

    [Theory]
    [InlineData(0, "figure")]
    [InlineData(0.1, "genre")]
    public void Question_ThatTellsALittleMoreForMuchMoreEffort_IsAskedOnlyWhereEffortIsFree(double effort, string expected)
    {
        // Six kinds that are not quite even, and figures that are all different and can be cut into six even parts.
        var catalogue = Catalogue.Create(Enumerable.Range(0, 60).Select(i => new Item(
            $"f{i}", $"F {i}", null, Item.NoFacets.Add("genre", [$"Kind {(i < 12 ? 0 : i % 6)}"]).Add("figure", [$"{(i * 3_517_000) + 10_000_000}"]), null)));
        ImmutableArray<WeightedItem> window = [.. Enumerable.Range(0, 60).Select(i => new WeightedItem(i, 1))];

        Assert.Equal(expected, new Inquiry(catalogue, AskTerms.Default with { Effort = effort }).Choose(window, Strength, [], new Random(1))!.Facet);
    }

    private static AskDecision Decide(AskStrategy strategy, ulong seed, AskTerms? terms = null, ImmutableArray<Question> asked = default) =>
        new Inquiry(DialogueWorld.Catalogue, (terms ?? AskTerms.Default with { Cost = 0.2, Effort = 0 }) with { Strategy = strategy })
            .Decide(DialogueWorld.Window, Strength, 5, asked.IsDefault ? [] : asked, seed);

    private static double Gain(Question question) => InformationGain.Of(new AnswerModel(question, DialogueWorld.Catalogue, AskTerms.Default.Noise), DialogueWorld.Window);

    /// <summary>The entropy before minus the expected entropy after, answer by answer; "no preference" leaves it as it is.</summary>
    private static double BruteForce(Question question, double noise)
    {
        var total = DialogueWorld.Window.Sum(item => item.Weight);
        double[] prior = [.. DialogueWorld.Window.Select(item => item.Weight / total)];
        var gain = 0.0;
        for (var option = 0; option < question.Options.Length - 1; option++)
        {
            double[] joint = [.. DialogueWorld.Window.Select((item, i) => prior[i] * Likelihood(question, item.Handle, option, noise))];
            var probability = joint.Sum();
            if (probability <= 0)
                continue;
            // Relative entropy, not the fall of entropy: under an unlikely answer uncertainty may rise.
            gain += probability * joint.Select((mass, i) => mass <= 0 ? 0 : mass / probability * Math.Log2(mass / probability / prior[i])).Sum();
        }
        return gain;
    }

    private static double Likelihood(Question question, int item, int option, double noise)
    {
        bool Fits(int one) => !question.Meaning(one).IsEmpty && question.Meaning(one).All(wish => wish.IsMetBy(DialogueWorld.Catalogue.Values(item, wish.Facet)));
        var fitting = Enumerable.Range(0, question.Options.Length).Count(Fits);
        return ((1 - noise) * (Fits(option) ? 1.0 / fitting : 0)) + (noise / question.Options.Length);
    }
}
