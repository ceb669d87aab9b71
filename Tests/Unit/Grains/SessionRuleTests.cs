using System.Collections.Immutable;
using AgentRec.Domain;
using AgentRec.Grains.Sessions;

namespace AgentRec.Tests.Unit.Grains;

/// <summary>What a session decides without a cluster: the constraints it keeps, and the names and seeds of its turns.</summary>
public sealed class SessionRuleTests
{
    [Fact]
    public void ConstraintSet_OnTheSameFacetAndComparison_ReplacesTheOlder()
    {
        ImmutableArray<Constraint> kept = [Wish("year", ConstraintOperator.Ge, "1990"), Wish("genre", ConstraintOperator.Ne, "Horror")];

        var all = ConstraintSet.Add(kept, [Wish("year", ConstraintOperator.Ge, "2000"), Wish("year", ConstraintOperator.Lt, "2010")]);

        Assert.Equal([Wish("genre", ConstraintOperator.Ne, "Horror"), Wish("year", ConstraintOperator.Ge, "2000"), Wish("year", ConstraintOperator.Lt, "2010")], all.ToArray());
    }

    [Fact]
    public void ConstraintSet_WithNothingAdded_IsTheSame() =>
        Assert.Equal([Wish("year", ConstraintOperator.Ge, "1990")], ConstraintSet.Add([Wish("year", ConstraintOperator.Ge, "1990")], []).ToArray());

    [Fact]
    public void ConstraintSet_OfTheSameConstraintTwice_KeepsOne() =>
        Assert.Equal([Wish("Year", ConstraintOperator.Eq, "1")], ConstraintSet.Add([], [Wish("Year", ConstraintOperator.Eq, "1"), Wish("Year", ConstraintOperator.Eq, "1")]).ToArray());

    [Fact]
    public void ConstraintSet_BeyondItsCapacity_LosesTheOldest()
    {
        ImmutableArray<Constraint> many = [.. Enumerable.Range(0, ConstraintSet.Capacity).Select(i => Wish($"f{i}", ConstraintOperator.Eq, "x"))];

        var all = ConstraintSet.Add(many, [Wish("newest", ConstraintOperator.Eq, "x")]);

        Assert.Equal(ConstraintSet.Capacity, all.Length);
        Assert.Equal("f1", all[0].Facet);
        Assert.Equal("newest", all[^1].Facet);
    }

    [Fact]
    public void Digest_LeavesTheTurnIdOut() =>
        Assert.Equal(TurnIdentity.Digest(TurnRequest.Empty), TurnIdentity.Digest(TurnRequest.Empty with { TurnId = "t" }));

    [Fact]
    public void Digest_OfOtherContent_Differs()
    {
        TurnRequest[] requests =
        [
            TurnRequest.Empty,
            TurnRequest.Empty with { Message = "calm" },
            TurnRequest.Empty with { Message = "Calm" },
            TurnRequest.Empty with { SlateSize = 9 },
            TurnRequest.Empty with { Policy = "default" },
            TurnRequest.Empty with { Protocol = "concession" },
            TurnRequest.Empty with { Answer = new Answer("q", "yes") },
            TurnRequest.Empty with { Constraints = [Wish("year", ConstraintOperator.Ge, "1990")] },
            TurnRequest.Empty with { Constraints = [Wish("year", ConstraintOperator.Ge, "1990") with { Strength = ConstraintStrength.Soft }] },
        ];

        Assert.Equal(requests.Length, requests.Select(TurnIdentity.Digest).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void Identity_OfKnownInputs_NeverChanges()
    {
        // These are on disk: a build that gives others takes a repeated request for a new one.
        Assert.Equal("bb2a52b4be17b297ebe69bacc8452e65b763e25412c14d879a6a1ea497c9967b", TurnIdentity.Digest(TurnRequest.Empty with { Message = "calm" }));
        Assert.Equal(17670481865470212032UL, TurnIdentity.TurnSeed(7, 3));
        Assert.Equal(16826118956746340710UL, TurnIdentity.SessionSeed("s"));
        Assert.Equal("t-c46b084007784a3b-3", TurnIdentity.TurnId(7, "s", 3));
    }

    [Fact]
    public void TurnId_FollowsFromSeedSessionAndNumber()
    {
        Assert.Equal(TurnIdentity.TurnId(1, "s", 1), TurnIdentity.TurnId(1, "s", 1));
        Assert.Equal(4, new[] { TurnIdentity.TurnId(1, "s", 1), TurnIdentity.TurnId(2, "s", 1), TurnIdentity.TurnId(1, "z", 1), TurnIdentity.TurnId(1, "s", 2) }
            .Distinct(StringComparer.Ordinal).Count());
        Assert.Null(Identifier.Problem(TurnIdentity.TurnId(ulong.MaxValue, new string('s', 128), int.MaxValue)));
    }

    private static Constraint Wish(string facet, ConstraintOperator op, string value) => new(facet, op, [value], ConstraintStrength.Hard, null);
}
