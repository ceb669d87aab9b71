using AgentRec.Domain;
using AgentRec.Recommenders.Dialogue;
using AgentRec.Recommenders.Memory;
using AgentRec.Tests.Unit.Memory;

namespace AgentRec.Tests.Unit.Dialogue;

public sealed class BeliefTests
{
    private const double Noise = 0.1;

    [Fact]
    public void Belief_AfterEvidence_FollowsBayesRuleAndGrowsStronger()
    {
        var belief = Belief.From(0.2).After(3);

        Assert.Equal(0.2 * 3 / ((0.2 * 3) + 0.8), belief.Mean, 12);
        Assert.Equal(Belief.PriorStrength + 1, belief.Alpha + belief.Beta, 12);
        Assert.Equal(0.2, Belief.From(0.2).After(5).After(0.2).Mean, 12);
        Assert.InRange(Belief.From(1).After(0.01).Mean, 0.9, 1);
        Assert.InRange(Belief.From(0).After(100).Mean, 0, 0.1);
    }

    [Fact]
    public void Answer_LiftsWhatFitsAndLowersWhatDoesNot_AndNoPreferenceDoesNeither()
    {
        var question = DialogueWorld.About("genre");
        var beliefs = After(question, question.OptionOf("comedy"));

        for (var item = 0; item < DialogueWorld.Catalogue.Count; item++)
        {
            var fits = DialogueWorld.Catalogue.Values(item, "genre").Contains("Comedy");
            Assert.Equal(fits, beliefs.Of(item, 0.1).Mean > 0.1);
            Assert.Equal(!fits, beliefs.Of(item, 0.1).Mean < 0.1);
        }
        Assert.Equal(0.1, After(question, question.OptionOf(Question.NoPreference)).Of(0, 0.1).Mean, 12);
    }

    [Fact]
    public void Answer_OfWhoeverCouldHaveSaidSomethingElse_CountsForLess()
    {
        var question = DialogueWorld.About("genre");
        var beliefs = After(question, question.OptionOf("Comedy"));

        // Film A is of two genres, film E of one.
        Assert.Equal(["Comedy", "Drama"], DialogueWorld.Catalogue.Values(0, "genre").ToArray());
        Assert.Equal(["Comedy"], DialogueWorld.Catalogue.Values(4, "genre").ToArray());
        Assert.True(beliefs.Of(0, 0.1).Mean < beliefs.Of(4, 0.1).Mean);
    }

    [Fact]
    public void WhatWasShown_CountsByWhatBecameOfIt()
    {
        var world = new MemoryWorld().Did(InteractionType.Like, 1).Did(InteractionType.Dismiss, 7);
        var beliefs = new ItemBeliefs(new SessionEvidence([], ["f0", "f1", "f7", "never heard of"]), MemoryWorld.Catalogue, world.Memory, Noise);

        double Mean(int film) => beliefs.Of(film, 0.1).Mean;
        Assert.True(Mean(0) < 0.02, "passed over");
        Assert.True(Mean(7) < 0.02, "dismissed");
        Assert.True(Mean(2) > 0.1, "a drama like the one that was liked");
        Assert.True(Mean(8) < 0.1, "a comedy like the one that was dismissed");
    }

    [Theory]
    [InlineData(new[] { InteractionType.Like, InteractionType.Dislike }, false)]
    [InlineData(new[] { InteractionType.Dislike, InteractionType.Like }, true)]
    [InlineData(new[] { InteractionType.Like, InteractionType.View }, true)]
    public void WhatWasSaidLastOfWhatWasShown_IsWhatCounts(InteractionType[] said, bool isLiked)
    {
        var world = new MemoryWorld();
        foreach (var one in said)
            world.Did(one, 1);
        var beliefs = new ItemBeliefs(new SessionEvidence([], ["f1"]), MemoryWorld.Catalogue, world.Memory, Noise);

        // Film 2 is a drama, as film 1 is.
        Assert.Equal(isLiked, beliefs.Of(2, 0.1).Mean > 0.1);
        Assert.Equal(!isLiked, beliefs.Of(2, 0.1).Mean < 0.1);
    }

    [Fact]
    public void NothingLearnt_LeavesRelevancesAsTheyAre() =>
        Assert.True(new ItemBeliefs(SessionEvidence.None, DialogueWorld.Catalogue, UserMemory.Restore(MemorySnapshot.Empty), Noise).IsEmpty);

    private static ItemBeliefs After(Question question, int option) =>
        new(new SessionEvidence([new AnswerGiven(question, option)], []), DialogueWorld.Catalogue, UserMemory.Restore(MemorySnapshot.Empty), Noise);
}
