using AgentRec.Domain;
using AgentRec.Recommenders.Memory;
using CsCheck;

namespace AgentRec.Tests.Unit.Memory;

/// <summary>Films 0 to 5 are dramas, 6 to 11 comedies; without training data every film is of the tail.</summary>
public sealed class UtilityModelTests
{
    private const double R = 0.4;

    [Fact]
    public void Of_ForANewUser_IsTheRelevance()
    {
        var utility = new MemoryWorld().Utility();

        Assert.All(Enumerable.Range(0, MemoryWorld.Films), film => Assert.Equal(R, utility.Of(film, R, 0)));
    }

    [Fact]
    public void Of_WhatIsAskedFor_AddsHowWellItAnswers() => Assert.Equal(R + 0.75, new MemoryWorld().Utility().Of(0, R, 0.75), 12);

    [Fact]
    public void Of_WhatTheUserAverts_IsLoweredByEachFacetValue()
    {
        // One dislike is a leaning of -1/4, and 0.6 of it is taken off.
        var utility = new MemoryWorld().Did(InteractionType.Dislike, 0).Utility(days: 30);

        Assert.Equal(R * 0.85 * 0.85, utility.Of(1, R, 0), 12);
        Assert.Equal(R * 0.85, utility.Of(2, R, 0), 12);
        Assert.Equal(R, utility.Of(6, R, 0), 12);
    }

    [Fact]
    public void Of_WhatTheUserHasJustHadMuchOf_IsLowered()
    {
        var world = new MemoryWorld();
        for (var i = 0; i < 3; i++)
            world.Did(InteractionType.Rate, i, days: 10, value: 3);

        Assert.Equal(R * (1 - (0.3 * 3 / 6)), world.Utility(days: 11).Of(5, R, 0), 12);
        Assert.Equal(R, world.Utility(days: 11).Of(6, R, 0), 12);
        Assert.Equal(R, world.Utility(days: 13).Of(5, R, 0), 12);
    }

    [Fact]
    public void Of_AfterMoreThanEnough_IsLoweredNoFurther()
    {
        var world = new MemoryWorld();
        for (var i = 0; i < 20; i++)
            world.Did(InteractionType.Rate, i % 6, value: 3);

        Assert.Equal(R * 0.7, world.Utility().Of(5, R, 0), 12);
    }

    [Theory]
    [InlineData(Attitude.Like, 8)]
    [InlineData(Attitude.Dislike, 0.125)]
    [InlineData(Attitude.Neutral, 1)]
    public void Of_WhatTheUserStated_FollowsTheStatement(Attitude attitude, double factor)
    {
        var utility = new MemoryWorld().Said("genre", "drama", attitude).Utility();

        Assert.Equal(R * factor, utility.Of(0, R, 0), 12);
        Assert.Equal(R, utility.Of(6, R, 0), 12);
    }

    [Fact]
    public void Of_AStatement_ReplacesWhatWasInferred()
    {
        var utility = new MemoryWorld().Did(InteractionType.Dislike, 0).Said("genre", "Drama", Attitude.Like).Utility(days: 30);

        Assert.Equal(R * 8, utility.Of(2, R, 0), 12);
    }

    [Fact]
    public void IsNever_OfWhatTheUserNeverWants_IsTrueWhateverTheCase()
    {
        var utility = new MemoryWorld().Said("genre", "DRAMA", Attitude.Never).Said("decade", "2000s", Attitude.Never).Utility();

        Assert.Equal([0, 1, 2, 3, 4, 5, 10, 11], Enumerable.Range(0, MemoryWorld.Films).Where(utility.IsNever));
    }

    [Fact]
    public void Of_WhatMissesASoftWish_CountsHalf()
    {
        var wish = new Constraint("year", ConstraintOperator.Ge, ["1990"], ConstraintStrength.Soft, null);
        var utility = new MemoryWorld().Utility(0, [wish, wish with { Facet = "genre", Op = ConstraintOperator.Eq, Values = ["comedy"] }]);

        Assert.Equal(R * 0.125, utility.Of(0, R, 0), 12);
        Assert.Equal(R * 0.5, utility.Of(6, R, 0), 12);
        Assert.Equal(R, utility.Of(10, R, 0), 12);
    }

    [Fact]
    public void Of_HardConstraints_PlayNoPart()
    {
        var wish = new Constraint("year", ConstraintOperator.Ge, ["1990"], ConstraintStrength.Hard, null);

        Assert.Equal(R, new MemoryWorld().Utility(0, [wish]).Of(0, R, 0));
    }

    [Theory]
    [InlineData("f7", 0.1)]
    [InlineData("f1", -0.1)]
    public void Of_TheLesserKnown_FollowsTheTasteForIt(string liked, double lift)
    {
        // Films 0 and 1 are of the head: 100 took to each, one to each other.
        var catalogue = MemoryWorld.Catalogue.WithPositives([100, 100, .. Enumerable.Repeat(1, MemoryWorld.Films - 2)]);
        var memory = UserMemory.Restore(MemorySnapshot.Empty);
        memory.Apply(new LoggedEvent(1, MemoryWorld.Start, MemoryWorld.Event(InteractionType.Like, liked)), catalogue);
        var utility = new UtilityModel(memory, catalogue, [], MemoryWorld.Ms(MemoryWorld.Start.AddDays(30)));

        Assert.Equal(R * (1 + lift), utility.Of(3, R, 0), 12);
        Assert.Equal(R, utility.Of(0, R, 0), 12);
    }

    [Fact]
    public void Of_AnyItem_IsNeverNegativeAndRisesWithRelevance() => Gen.Select(Logs.Any, Gen.Int[0, MemoryWorld.Films - 1], Gen.Double[0.01, 0.99], Gen.Double[0, 1])
        .Sample((log, film, relevance, asked) =>
        {
            var memory = UserMemory.Restore(MemorySnapshot.Empty);
            foreach (var one in log)
                memory.Apply(one, MemoryWorld.Catalogue);
            var utility = new UtilityModel(memory, MemoryWorld.Catalogue, [], MemoryWorld.Ms(MemoryWorld.Start.AddYears(1)));
            var value = utility.Of(film, relevance, asked);

            Assert.True(value >= asked);
            Assert.True(utility.Of(film, relevance + 0.001, asked) > value);
            // Whatever else is asked about changes nothing.
            for (var other = 0; other < MemoryWorld.Films; other++)
                utility.Of(other, 1, 1);
            Assert.Equal(value, utility.Of(film, relevance, asked));
        }, iter: 200);

    [Fact]
    public void Segment_OfAnyMemory_IsInRange() => Logs.Any.Sample(log =>
    {
        var memory = UserMemory.Restore(MemorySnapshot.Empty);
        foreach (var one in log)
            memory.Apply(one, MemoryWorld.Catalogue);
        Assert.InRange(AudienceSegment.Of(memory), 0, AudienceSegment.Count - 1);
        Assert.Equal(memory.Positives.Count switch { 0 => "none", < 5 => "few", < 20 => "some", _ => "many" }, AudienceSegment.History(memory));
    }, iter: 200);

    [Theory]
    [InlineData(0, "today")]
    [InlineData(0.99, "today")]
    [InlineData(1, "month")]
    [InlineData(29.9, "month")]
    [InlineData(30, "earlier")]
    public void LastActive_ByDays_IsABucket(double days, string bucket) => Assert.Equal(
        bucket, AudienceSegment.LastActive(new MemoryWorld().Did(InteractionType.View, 0).Memory, MemoryWorld.Ms(MemoryWorld.Start.AddDays(days))));

    [Fact]
    public void LastActive_OfANewUser_IsNever() => Assert.Equal("never", AudienceSegment.LastActive(new MemoryWorld().Memory, 0));
}
