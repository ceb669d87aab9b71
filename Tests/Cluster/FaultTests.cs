using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Items;
using AgentRec.Grains.Abstractions.Planning;
using AgentRec.Grains.Abstractions.Policies;
using AgentRec.Grains.Abstractions.Sessions;
using AgentRec.Grains.Users;
using AgentRec.Negotiation.Windows;

namespace AgentRec.Tests.Cluster;

/// <summary>Parties that are late, fail, or have forgotten their offer.</summary>
[Collection(SiloCollection.Name)]
[Trait("Category", "Cluster")]
public sealed class FaultTests(SiloFixture silo)
{
    [Fact]
    public async Task Offer_ThatGoesStaleOnce_IsMadeAnew()
    {
        var advocated = 0;
        TurnResult turn;
        var session = await silo.OpenAsync("stale once", "viewer-030");
        using (silo.Gate.Before<IPolicyAgent>(nameof(IPolicyAgent.Review), (_, before) => before == 0 ? Displace() : Task.CompletedTask))
            turn = await silo.TurnAsync(session);

        Assert.Equal(OfferPins.Capacity, advocated);
        Assert.Equal(10, turn.Slate!.Items.Length);
        await silo.VerifiedAsync(turn);
        Assert.Equal(2, (await SiloFixture.EventsAsync(session, 1)).Count(one => one.Data.Contains("\"step\":\"opening\"", StringComparison.Ordinal)));

        async Task Displace()
        {
            for (var i = 0; i < OfferPins.Capacity; i++, advocated++)
                await silo.User("viewer-030").Advocate(new AdvocacyRequest(new PolicyReference("default", 1), [], [], [], 0));
        }
    }

    [Fact]
    public async Task Offer_ThatKeepsGoingStale_FailsTheTurnAndRecordsNothing()
    {
        var session = await silo.OpenAsync("always stale", "always stale");
        using (silo.Gate.Before<IPolicyAgent>(nameof(IPolicyAgent.Review), async (_, _) =>
        {
            for (var i = 0; i < OfferPins.Capacity; i++)
                await silo.User("always stale").Advocate(new AdvocacyRequest(new PolicyReference("default", 1), [], [], [], 0));
        }))
        {
            Assert.Equal(TurnEnding.Interrupted, (await silo.EndAsync(session)).Failure);
        }

        Assert.Single(await silo.LogAsync("always stale"));
        Assert.Equal(1, (await silo.TurnAsync(session)).Turn);
    }

    [Fact]
    public async Task ItemAgent_ThatIsLate_IsNamedAndTheTurnGoesOn()
    {
        var never = new TaskCompletionSource();
        TurnResult turn;
        var session = await silo.OpenAsync("late", "viewer-031");
        await silo.PublishLedgerAsync();
        using (silo.Patience(planner => planner.BidTimeoutMilliseconds = 200))
        using (silo.Gate.Before<IItemAgent>(nameof(IItemAgent.Bid), (_, before) => before == 0 ? never.Task : Task.CompletedTask))
            turn = await silo.TurnAsync(session);
        never.SetResult();

        var degraded = Assert.Single(turn.Degraded);
        Assert.Equal("item-agents", degraded.Tool);
        Assert.EndsWith("did not bid in time", degraded.Reason, StringComparison.Ordinal);
        Assert.Equal(10, turn.Slate!.Items.Length);
        await silo.VerifiedAsync(turn);
    }

    [Fact]
    public async Task ItemAgent_ThatFails_DoesNotBid()
    {
        TurnResult turn;
        var session = await silo.OpenAsync("failing item", "viewer-032");
        await silo.PublishLedgerAsync();
        using (silo.Gate.Before<IItemAgent>(nameof(IItemAgent.Bid), (_, before) => before < 2 ? throw new InvalidOperationException("broken for a test") : Task.CompletedTask))
            turn = await silo.TurnAsync(session);

        Assert.Equal(new Degradation("item-agents", "2 did not bid in time"), Assert.Single(turn.Degraded));
        await silo.VerifiedAsync(turn);
    }

    [Fact]
    public async Task PolicyAgent_ThatIsHandedWhatTheUserKnows_RefusesToCertify()
    {
        var known = (await silo.LogAsync("viewer-033")).Select(one => one.Event).OfType<InteractionRecorded>().First(one => one.Interaction.IsConsumed).Interaction.ItemId;
        Assert.True(silo.Catalogue.TryHandle(known, out var handle));
        var fresh = Enumerable.Range(0, silo.Catalogue.Count).First(item => silo.Catalogue.PositiveCounts[item] == 0);

        Assert.NotNull((await CertifyAsync(fresh)).Certificate);
        var refused = await CertifyAsync(handle);

        Assert.Null(refused.Certificate);
        Assert.Contains(refused.Findings, finding => finding.Message.Contains(Rule.NotConsumed, StringComparison.OrdinalIgnoreCase) || finding.Path.Contains(Rule.NotConsumed, StringComparison.Ordinal));

        async Task<CertifyOutcome> CertifyAsync(int item)
        {
            var candidate = new Candidate(item, silo.Catalogue.Item(item).ItemId, 1, 0.5, 0.5);
            var window = CandidateWindow.Of([candidate], 1);
            var claim = new SlateClaim(
                [candidate.ItemId], 1, window.Digest, 1, NegotiationOutcome.Agreed, new CertifiedResult("concession", false, 1, 500_000, 500_000, 0, 0), "default", 1, new string('0', 64));
            return await silo.Policy().Certify(new CertifyRequest(
                "s", "viewer-033", 1, 1, new PolicyReference("default", 1), window.Candidates, (await silo.LogAsync("viewer-033")).Count, "m", 0, 1, "concession", [], claim));
        }
    }
}
