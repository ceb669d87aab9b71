using System.Collections.Immutable;
using AgentRec.Domain;
using AgentRec.Negotiation.ItemAgency;

namespace AgentRec.Tests.Unit.ItemAgency;

/// <summary>What advocates say weighs in bids, within the policy's terms and nowhere else.</summary>
public sealed class ArgumentTests
{
    private static readonly BidCall Call = new(0.5, 0.05, 0.01, [1, 2, 3, 4]);

    private static readonly ImmutableArray<Bid> Bids = [new(1, 0.01, "own"), new(2, 0.004, "own"), new(3, 0, "none")];

    [Fact]
    public void Heard_WithoutArguments_LeavesBidsAsTheyCame()
    {
        Assert.Equal(Bids, Bidding.Heard(Bids, Call, []));
        Assert.Equal(Bids, Bidding.Heard(Bids, Call, [Say(99, AdvocateSide.User), Say(-1, AdvocateSide.Item)]));
    }

    [Fact]
    public void Heard_WithArguments_GivesAgentsAndAdvocatesHalfEach()
    {
        var heard = Bidding.Heard(Bids, Call, [Say(2, AdvocateSide.User), Say(2, AdvocateSide.User), Say(3, AdvocateSide.User), Say(3, AdvocateSide.Item), Say(4, AdvocateSide.Item), Say(99, AdvocateSide.Item)]);

        Assert.Equal([(1, 0.005, "own"), (2, 0.0045, "own"), (3, 0.005, "Spoken for: genre Drama."), (4, 0.0025, "Spoken for: genre Drama.")], heard.Select(bid => (bid.Handle, Math.Round(bid.Amount, 6), bid.Reason)));
    }

    [Fact]
    public void Heard_OfHostileBids_StaysWithinBeta()
    {
        ImmutableArray<Bid> hostile = [new(1, double.MaxValue, "x"), new(1, 5, "again"), new(2, double.NaN, "x"), new(3, -1, "x"), new(77, 5, "not invited")];
        ImmutableArray<Argument> all = [.. Call.Invited.Append(77).SelectMany(handle => new[] { Say(handle, AdvocateSide.User), Say(handle, AdvocateSide.Item) })];

        var heard = Bidding.Heard(hostile, Call, all);

        Assert.Equal(Call.Invited.AsEnumerable(), heard.Select(bid => bid.Handle));
        Assert.All(heard, bid => Assert.InRange(bid.Amount, 0.005, Call.Beta));
    }

    private static Argument Say(int handle, AdvocateSide side) => new(handle, side, "genre", "Drama");
}
