using System.Collections.Immutable;
using AgentRec.Domain;
using AgentRec.Negotiation.ItemAgency;
using AgentRec.Negotiation.Protocol;
using AgentRec.Negotiation.Windows;
using CsCheck;

namespace AgentRec.Tests.Unit.Negotiation;

public sealed class ConcessionProtocolTests
{
    private static readonly RuleSet SixRules = Policies.Read(Policies.SixRules);

    [Fact]
    public async Task NegotiateAsync_NoRulesNoBids_IsTheTopByUtility()
    {
        var world = World.Generate(1, 200);
        var result = await Negotiate(RuleSet.None, world);
        Assert.Equal(world.Candidates.OrderByDescending(candidate => candidate.Utility).Take(10), result.Slate);
        Assert.Equal(NegotiationOutcome.Agreed, result.Outcome);
        Assert.Equal(1, result.Rounds);
        Assert.Equal(1, result.UtilityKept);
        Assert.Equal(0, result.BidCost);
    }

    [Fact]
    public void NegotiateAsync_AnyWindow_HoldsNoDuplicateAndOnlyWindowItemsUnderTheRules() =>
        Gen.Int[0, 10_000].Sample(
            seed =>
            {
                var world = World.Generate(seed, 120);
                var result = Negotiate(SixRules, world).GetAwaiter().GetResult();
                int[] slate = [.. result.Slate.Select(candidate => candidate.Handle)];
                Assert.Equal(10, slate.Distinct().Count());
                Assert.All(slate, handle => Assert.InRange(handle, 0, 119));
                Assert.All(result.Readings, reading => Assert.Equal(BruteForce.Miss(reading.Rule, world, slate) == 0, reading.IsMet));
                if (result.Outcome != NegotiationOutcome.Relaxed)
                    Assert.True(BruteForce.Keeps(SixRules, world, slate));
                Assert.Equal(result.Outcome == NegotiationOutcome.Agreed, result.LimitExceeded == 0);
                Assert.True(result.Objective >= Objective(result, world) - 1e-9);
            },
            iter: 60);

    [Fact]
    public void NegotiateAsync_WindowInAnyOrder_GivesTheSameTranscript() =>
        Gen.Select(Gen.Int[0, 10_000], Gen.Int[0, 10_000]).Sample(
            (seed, shuffle) =>
            {
                var world = World.Generate(seed, 80);
                var shuffled = world.Candidates.ToArray();
                new Random(shuffle).Shuffle(shuffled);
                var first = Negotiate(SixRules, world).GetAwaiter().GetResult();
                var table = new NegotiationTable(SixRules, CandidateWindow.Of(shuffled, 7), 10, world);
                var second = new ConcessionProtocol().NegotiateAsync(table, Parties(table), Unobserved.Instance, CancellationToken.None).GetAwaiter().GetResult();
                Assert.Equal(first.Transcript, second.Transcript);
                Assert.Equal(first.TranscriptDigest, second.TranscriptDigest);
                Assert.Equal(first.Table.Window.Digest, second.Table.Window.Digest);
            },
            iter: 30);

    [Fact]
    public void NegotiateAsync_Bids_NeverLiftAnItemBeyondTheBand() =>
        Gen.Int[0, 10_000].Sample(
            seed =>
            {
                var world = World.Generate(seed, 100);
                var rules = RuleSet.None with { Agency = new Agency(0.5m, 0.1m, 64) };
                var table = new NegotiationTable(rules, world.Window, 10, world);
                var greedy = new Greedy(table);
                var result = new ConcessionProtocol().NegotiateAsync(table, greedy, Unobserved.Instance, CancellationToken.None).GetAwaiter().GetResult();
                var cut = world.Candidates.OrderByDescending(candidate => candidate.Utility).ElementAt(9).Utility;
                Assert.All(result.Slate, candidate => Assert.True(candidate.Utility >= cut - 0.05 - 1e-12));
                Assert.All(world.Candidates.Where(candidate => candidate.Utility > cut + 0.05), candidate => Assert.Contains(candidate, result.Slate));
                Assert.All(result.Bids, bid => Assert.InRange(bid.Amount, 0, 0.5));
            },
            iter: 60);

    [Fact]
    public async Task NegotiateAsync_ImpossibleRule_IsRelaxedWithItsNearestBound()
    {
        var world = World.Generate(3, 60);
        var rules = Policies.WithRules("id: none, type: count, facet: stratum, values: [tail], atLeast: 11, priority: 1", "id: few, type: count, facet: stratum, values: [tail], atMost: 4, priority: 2");
        var result = await Negotiate(rules, world);
        Assert.Equal(NegotiationOutcome.Relaxed, result.Outcome);
        var relaxation = Assert.Single(result.Relaxed);
        Assert.Equal(("none", 4m), (relaxation.RuleId, relaxation.AtLeast));
    }

    [Fact]
    public async Task NegotiateAsync_RulesThatCostMoreThanTheLimit_AreArbitrated()
    {
        var world = World.Generate(3, 100);
        var rules = Policies.WithRules("id: tail, type: count, facet: stratum, values: [tail], atLeast: 9") with { Concession = new Concession(0.01m, 3) };
        var result = await Negotiate(rules, world);
        Assert.Equal(NegotiationOutcome.Arbitrated, result.Outcome);
        Assert.Equal(3, result.Rounds);
        Assert.Equal((0.99 * result.OpeningUtility) - result.Utility, result.LimitExceeded, 5);
    }

    [Fact]
    public async Task NegotiateAsync_FewerCandidatesThanPlaces_IsShort()
    {
        var world = World.Generate(3, 4);
        var result = await Negotiate(RuleSet.None, world);
        Assert.True(result.IsShort);
        Assert.Equal(4, result.Slate.Length);
        var empty = new NegotiationTable(RuleSet.None, CandidateWindow.Of([], 0), 10, world);
        var nothing = await new ConcessionProtocol().NegotiateAsync(empty, Parties(empty), Unobserved.Instance, CancellationToken.None);
        Assert.True(nothing.IsShort);
        Assert.False(nothing.IsStale);
        Assert.Empty(nothing.Slate);
    }

    [Fact]
    public async Task NegotiateAsync_StaleOffer_SaysSo()
    {
        var world = World.Generate(3, 40);
        var table = new NegotiationTable(RuleSet.None, world.Window, 10, world);
        Assert.True((await new ConcessionProtocol().NegotiateAsync(table, new Stale(), Unobserved.Instance, CancellationToken.None)).IsStale);
    }

    [Fact]
    public void Respond_DuplicateOrForeignItems_IsRefused()
    {
        var offer = World.Generate(3, 40).Window.Candidates;
        ImmutableArray<int> twice = [.. Enumerable.Repeat(offer[0].Handle, 10)];
        Assert.False(UserStance.Respond(offer, 10, Concession.Default, twice, 4).Accepted);
        Assert.False(UserStance.Respond(offer, 10, Concession.Default, [99], 4).Accepted);
    }

    private static double Objective(NegotiationResult result, World world)
    {
        var repair = result.Repair;
        if (repair.IsEmpty || UserStance.Respond(result.Table.Window.Candidates, 10, SixRules.Concession, [.. repair.Select(candidate => candidate.Handle)], result.Rounds).Accepted is false)
            return 0;
        int[] handles = [.. repair.Select(candidate => candidate.Handle)];
        var soft = SixRules.Rules.Single(rule => rule.Severity == RuleSeverity.Soft);
        return Utility.Of(repair) - ((double)soft.Weight * (double)BruteForce.Miss(soft, world, handles) / 8);
    }

    private static LocalParties Parties(NegotiationTable table) => new(table, handle => new ItemEvidence(handle % 50, handle % 7, handle, 20, 0.2));

    private static Task<NegotiationResult> Negotiate(RuleSet rules, World world)
    {
        var table = new NegotiationTable(rules, world.Window, 10, world);
        return new ConcessionProtocol().NegotiateAsync(table, Parties(table), Unobserved.Instance, CancellationToken.None);
    }

    private class Stale : IParties
    {
        public virtual ValueTask<ImmutableArray<Bid>> BidAsync(BidCall call, CancellationToken cancellationToken) => ValueTask.FromResult(ImmutableArray<Bid>.Empty);

        public ValueTask<Review> ReviewAsync(ImmutableArray<int> slate, ImmutableArray<RelaxedRule> relaxed, CancellationToken cancellationToken) =>
            ValueTask.FromResult(new Review([]));

        public virtual ValueTask<Response> RespondAsync(ImmutableArray<int> slate, int round, CancellationToken cancellationToken) =>
            ValueTask.FromResult(new Response(Accepted: false, Stale: true, 0, 0, []));

        public ValueTask<ImmutableArray<RankedOffer>> OfferAsync(OfferCall call, CancellationToken cancellationToken) =>
            ValueTask.FromResult(ImmutableArray<RankedOffer>.Empty);

        public ImmutableArray<string> Absent => [];
    }

    /// <summary>Items that bid more than they may, also uninvited.</summary>
    private sealed class Greedy(NegotiationTable table) : Stale
    {
        public override ValueTask<ImmutableArray<Bid>> BidAsync(BidCall call, CancellationToken cancellationToken) =>
            ValueTask.FromResult<ImmutableArray<Bid>>([.. table.Window.Candidates.Select(candidate => new Bid(candidate.Handle, candidate.Handle % 3 == 0 ? double.NaN : 1e9, "more"))]);

        public override ValueTask<Response> RespondAsync(ImmutableArray<int> slate, int round, CancellationToken cancellationToken) =>
            ValueTask.FromResult(UserStance.Respond(table.Window.Candidates, table.SlateSize, new Concession(1, 1), slate, round));
    }
}
