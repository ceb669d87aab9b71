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
    public void ConstraintSet_OfWhatIsNotWanted_AddsUp()
    {
        var kept = ConstraintSet.Add([], [Wish("genre", ConstraintOperator.Ne, "Horror"), Wish("genre", ConstraintOperator.Eq, "Drama")]);

        Assert.Equal(3, ConstraintSet.Add(kept, [Wish("genre", ConstraintOperator.Ne, "War")]).Length);
        Assert.Equal(2, ConstraintSet.Add(kept, [Wish("genre", ConstraintOperator.Ne, "horror")]).Length);
    }

    [Theory]
    [InlineData("genre", ConstraintOperator.Ne, "Horror", "genre", ConstraintOperator.Eq, "horror", true)]
    [InlineData("genre", ConstraintOperator.Ne, "Horror", "genre", ConstraintOperator.Eq, "Drama", false)]
    [InlineData("genre", ConstraintOperator.Eq, "Horror", "genre", ConstraintOperator.Ne, "Horror", true)]
    [InlineData("genre", ConstraintOperator.Eq, "Horror", "genre", ConstraintOperator.Eq, "Drama", true)]
    [InlineData("year", ConstraintOperator.Ge, "1990", "year", ConstraintOperator.Le, "1999", false)]
    [InlineData("year", ConstraintOperator.Ge, "1990", "year", ConstraintOperator.Lt, "1990", true)]
    [InlineData("year", ConstraintOperator.Ge, "1990", "year", ConstraintOperator.Le, "1990", false)]
    [InlineData("year", ConstraintOperator.Gt, "1990", "year", ConstraintOperator.Ge, "1950", true)]
    [InlineData("decade", ConstraintOperator.Eq, "1990s", "year", ConstraintOperator.Gt, "1999", true)]
    [InlineData("decade", ConstraintOperator.Eq, "1990s", "year", ConstraintOperator.Gt, "1995", false)]
    [InlineData("year", ConstraintOperator.Eq, "1985", "decade", ConstraintOperator.Eq, "1990s", true)]
    [InlineData("year", ConstraintOperator.Eq, "1985", "pages", ConstraintOperator.Lt, "10", false)]
    public void ConstraintSet_OfANewerOne_TakesThePlaceOfWhatItContradicts(
        string facet, ConstraintOperator op, string value, string newFacet, ConstraintOperator newOp, string newValue, bool isReplaced) =>
        Assert.Equal(isReplaced ? 1 : 2, ConstraintSet.Add([Wish(facet, op, value)], [Wish(newFacet, newOp, newValue)]).Length);

    [Fact]
    public void ConstraintSet_Withdrawn_LosesTheFacetAndWhatDerivesFromIt()
    {
        ImmutableArray<Constraint> kept = [Wish("year", ConstraintOperator.Ge, "1990"), Wish("decade", ConstraintOperator.Eq, "1990s"), Wish("genre", ConstraintOperator.Ne, "War")];

        Assert.Equal(kept[2..].AsEnumerable(), ConstraintSet.Withdraw(kept, "year", []));
        Assert.Equal(kept[2..].AsEnumerable(), ConstraintSet.Withdraw(kept, "decade", []));
        Assert.Equal(kept[..2].AsEnumerable(), ConstraintSet.Withdraw(kept, "genre", ["war"]));
        Assert.Equal(kept.AsEnumerable(), ConstraintSet.Withdraw(kept, "genre", ["Drama"]));
        Assert.Equal(kept.AsEnumerable(), ConstraintSet.Withdraw(kept, "Year", []));
    }

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
