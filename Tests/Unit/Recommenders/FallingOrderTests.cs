using AgentRec.Recommenders;
using AgentRec.Recommenders.Blending;
using CsCheck;
using StableHash = AgentRec.Domain.StableHash;

namespace AgentRec.Tests.Unit.Recommenders;

public sealed class FallingOrderTests
{
    // Ties, zeros of both signs, and the ends of what a float can hold.
    private static readonly Gen<float[]> Scores = Gen.Frequency(
        (3, Gen.OneOf(0f, -0f, 1f, -1f, 0.5f, float.MaxValue, float.MinValue, float.Epsilon, -float.Epsilon)),
        (5, Gen.Float[-2, 2])).Array[0, 300];

    [Fact]
    public void Sort_OfAnyScores_IsTheStableFallingOrder() => Scores.Sample(scores =>
    {
        var places = new FallingOrder.Place[scores.Length];

        FallingOrder.Sort(scores, places);

        Assert.Equal(Enumerable.Range(0, scores.Length).OrderByDescending(handle => scores[handle]), places.Select(place => place.Handle));
        for (var i = 1; i < places.Length; i++)
            Assert.Equal(scores[places[i - 1].Handle] == scores[places[i].Handle], places[i - 1].Key == places[i].Key);
    });

    [Fact]
    public void Falling_OfAnyScores_OrdersTiesByHash() => Scores.Sample(scores => Assert.Equal(
        Enumerable.Range(0, scores.Length).OrderByDescending(handle => scores[handle]).ThenBy(handle => (uint)StableHash.Of(0, (ulong)handle)),
        UserScores.Falling(scores)));
}
