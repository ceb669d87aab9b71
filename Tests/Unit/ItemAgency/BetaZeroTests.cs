using AgentRec.Domain;
using AgentRec.Grains.Offline;
using AgentRec.Negotiation.ItemAgency;
using AgentRec.Negotiation.Protocol;
using AgentRec.Negotiation.Windows;
using AgentRec.Tests.Unit.Negotiation;

namespace AgentRec.Tests.Unit.ItemAgency;

/// <summary>With beta 0 there are no bids, and the slate is the one that there would be without item agents.</summary>
public sealed class BetaZeroTests
{
    private static readonly Lazy<MovieLensWorld> Films = new(() => new MovieLensWorld(Path.Combine(SharedData.Root, "ml-latest-small")));

    [SharedDataFact]
    [Trait("Category", "Long")]
    public void Negotiate_EveryUserOfMovieLens_WithBetaZero_GetsTheSlateWithoutBids() => Compare(1, 600);

    [SharedDataFact]
    public void Negotiate_EveryTwentiethUserOfMovieLens_WithBetaZero_GetsTheSlateWithoutBids() => Compare(20, 30);

    private static void Compare(int step, int least)
    {
        var rules = Policies.WithRules(
            "id: long-tail, type: count, facet: stratum, values: [tail], atLeast: 2", "id: few-blockbusters, type: count, facet: stratum, values: [head], atMost: 4");
        var (users, turned) = (0, 0);
        foreach (var user in Films.Value.Users.Where(user => user % step == 0))
        {
            var ranked = Films.Value.Rank(user);
            var selected = WindowSelection.Settle([.. ranked.Select(candidate => candidate.Handle)], Films.Value, rules, 10);
            var window = CandidateWindow.Of(selected.Places.Select(place => ranked[place]), 1);
            var without = Negotiate(Agency.Off, withEvidence: false);
            var zero = Negotiate(new Agency(0, 0.05m, 200), withEvidence: true);
            var bidding = Negotiate(new Agency(0.05m, 0.1m, 200), withEvidence: true);

            Assert.Equal<Candidate>(without.Slate, zero.Slate);
            Assert.Empty(zero.Bids);
            Assert.Equal(0, zero.Claim().Result.BidCost);
            Assert.Equal(without.TranscriptDigest, zero.TranscriptDigest);
            users++;
            turned += bidding.Slate.AsSpan().SequenceEqual(without.Slate.AsSpan()) ? 0 : 1;

            NegotiationResult Negotiate(Agency agency, bool withEvidence) => OfflineTurn.Negotiate(
                new ConcessionProtocol(),
                new NegotiationTable(rules with { Agency = agency }, window, 10, Films.Value, selected.Widenings),
                withEvidence ? handle => new ItemEvidence(handle % 50, handle % 7, handle, 20, 0.2) : null);
        }
        Assert.True(users >= least, $"{users} users");
        Assert.True(turned > users / 5, $"the bids of this test turn only {turned} slates of {users}: it would not notice them");
    }
}
