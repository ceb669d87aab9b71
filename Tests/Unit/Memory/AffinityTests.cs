using AgentRec.Domain;
using AgentRec.Grains.Reasons;
using AgentRec.Recommenders.Memory;

namespace AgentRec.Tests.Unit.Memory;

public sealed class AffinityTests
{
    private const double HalfLife = 180;

    [Theory]
    [InlineData(InteractionType.Like, null, 1.0)]
    [InlineData(InteractionType.Consume, null, 0.7)]
    [InlineData(InteractionType.Rate, 5.0, 1.0)]
    [InlineData(InteractionType.Rate, 4.0, 0.5)]
    [InlineData(InteractionType.Rate, 0.5, -1.0)]
    [InlineData(InteractionType.View, null, 0.1)]
    [InlineData(InteractionType.Dismiss, null, -0.5)]
    [InlineData(InteractionType.Dislike, null, -1.0)]
    public void Apply_OfOneInteraction_SignalsItsFacets(InteractionType type, double? value, double signal)
    {
        var affinities = new MemoryWorld().Did(type, 0, value: value).Memory.Affinities.ToArray();

        Assert.Equal([("decade", "1950s"), ("genre", "Drama")], affinities.Select(affinity => (affinity.Facet, affinity.Value)));
        Assert.All(affinities, affinity => Assert.Equal((signal, Math.Abs(signal), 1), (affinity.Signal, affinity.Mass, affinity.Count)));
    }

    [Fact]
    public void Apply_OfAnIndifferentRating_LeavesNoLeaning() =>
        Assert.Empty(new MemoryWorld().Did(InteractionType.Rate, 0, value: 3).Memory.Affinities);

    [Fact]
    public void Signal_AfterOneHalfLife_CountsHalf()
    {
        var genre = Genre(new MemoryWorld().Did(InteractionType.Like, 0).Did(InteractionType.Dislike, 0, days: HalfLife));

        Assert.Equal(0.5 - 1, genre.Signal, 12);
        Assert.Equal(0.5 + 1, genre.Mass, 12);
        Assert.Equal(2, genre.Count);
    }

    [Fact]
    public void Signal_ThatArrivesLate_IsTheSameAsInOrder()
    {
        var inOrder = Genre(new MemoryWorld().Did(InteractionType.Dislike, 0).Did(InteractionType.Like, 0, days: HalfLife));
        var late = Genre(new MemoryWorld().Did(InteractionType.Like, 0, days: HalfLife).Did(InteractionType.Dislike, 0));

        Assert.Equal(inOrder.Signal, late.Signal, 12);
        Assert.Equal(inOrder.Mass, late.Mass, 12);
        Assert.Equal(inOrder.At, late.At);
    }

    [Fact]
    public void Weight_OfFewSignals_IsShrunk()
    {
        Assert.Equal(0.25, MemoryProfile.Weight(Genre(new MemoryWorld().Did(InteractionType.Like, 0))), 12);
        Assert.Equal(-0.25, MemoryProfile.Weight(Genre(new MemoryWorld().Did(InteractionType.Dislike, 0))), 12);
    }

    [Fact]
    public void Table_BeyondItsCapacity_KeepsTheHeaviest()
    {
        var many = AgentRec.Recommenders.Catalogue.Create(Enumerable.Range(0, 400).Select(i => new Item($"f{i}", "x", null, Item.NoFacets.Add("tag", [$"t{i}"]), null)));
        var memory = UserMemory.Restore(MemorySnapshot.Empty);
        for (var i = 0; i < many.Count; i++)
            memory.Apply(new LoggedEvent(i + 1, MemoryWorld.Start.AddDays(i), MemoryWorld.Event(i == 0 ? InteractionType.Like : InteractionType.View, $"f{i}")), many);
        var kept = memory.Affinities.Select(affinity => affinity.Value).ToHashSet(StringComparer.Ordinal);

        Assert.InRange(kept.Count, 256, 320);
        Assert.Contains("t399", kept);
        Assert.Contains("t0", kept);
        Assert.DoesNotContain("t1", kept);
    }

    [Fact]
    public void Sentences_OfANewUser_SaySo() => Assert.Equal("Nothing is remembered yet.", Assert.Single(MemoryProfile.Sentences(new MemoryWorld().Memory)));

    [Fact]
    public void Sentences_NameLeaningsStatementsAndShowings()
    {
        var world = new MemoryWorld().Did(InteractionType.Like, 0).Did(InteractionType.Dislike, 6).Said("genre", "War", Attitude.Never).Shown(1, 2, 3);

        Assert.Equal(
            [
                "You have interacted 2 times, last on 1 January 2024, and know 2 items.",
                "By decade, you take to 1950s (once).",
                "By decade, you tend to avoid 1980s (once).",
                "By genre, you take to Drama (once).",
                "By genre, you tend to avoid Comedy (once).",
                "You said that you never want genre War.",
                "You have been shown items 2 times.",
            ],
            MemoryProfile.Sentences(world.Memory).ToArray());
    }

    [Fact]
    public void Sentences_AsTheyAre_AreFaithfulToThemselves()
    {
        var world = new MemoryWorld().Did(InteractionType.Like, 0).Did(InteractionType.Dislike, 6)
            .Said("genre", "War", Attitude.Never).Said("genre", "Western", Attitude.Like).Said("maturity", "R", Attitude.Dislike).Shown(1, 2, 3);

        var told = MemoryProfile.Told(world.Memory);

        Assert.Equal(9, told.Length);
        Assert.All(told, sentence => Assert.Null(FaithfulWords.Problem(sentence, sentence.Text)));
        // None of them words another one.
        Assert.All(told, sentence => Assert.Single(told, other => FaithfulWords.Problem(other, sentence.Text) is null));
    }

    private static Affinity Genre(MemoryWorld world) => world.Memory.Affinities.Single(affinity => affinity.Facet == "genre");
}
