using System.Diagnostics;
using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Policies;
using AgentRec.Grains.Abstractions.Users;
using AgentRec.Negotiation.Protocol;

namespace AgentRec.Tests.Cluster;

/// <summary>Whatever a proposer does, the user gets a slate that keeps the rules, in time.</summary>
[Collection(SiloCollection.Name)]
[Trait("Category", "Cluster")]
public sealed class FaultyProposerTests(SiloFixture silo)
{
    public static TheoryData<string> Faults => [.. FaultyProposers.Names];

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Turn_FaultyProposer_EndsInAVerifiedSlateOfTheDefaultProtocol(string fault)
    {
        TurnResult turn;
        TimeSpan took;
        var session = await silo.OpenAsync($"proposer {fault}", "viewer-040");
        using (silo.Patience(planner => planner.ProposerTimeoutMilliseconds = fault is "faulty:waits" or "faulty:blocks" ? 1_500 : 10_000))
        {
            var started = Stopwatch.GetTimestamp();
            turn = await silo.TurnAsync(session, TurnRequest.Empty with { Policy = "longtail", Protocol = fault });
            took = Stopwatch.GetElapsedTime(started);
        }
        FaultyProposers.Release.Set();
        FaultyProposers.Release.Reset();

        var degraded = Assert.Single(turn.Degraded);
        Assert.Equal($"protocol:{fault}", degraded.Tool);
        Assert.Equal(ConcessionProtocol.ProtocolName, turn.Negotiation!.Protocol);
        Assert.Equal(10, turn.Slate!.Items.Select(item => item.ItemId).Distinct(StringComparer.Ordinal).Count());
        Assert.NotEqual(NegotiationOutcome.Relaxed, turn.Negotiation.Outcome);
        await silo.VerifiedAsync(turn);
        Assert.InRange(took.TotalSeconds, 0, 9);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Turn_EveryProtocol_EndsInAVerifiedSlate(string protocol)
    {
        var session = await silo.OpenAsync($"protocol {protocol}", "viewer-041");
        var turn = await silo.TurnAsync(session, TurnRequest.Empty with { Protocol = protocol });
        Assert.Empty(turn.Degraded);
        Assert.Equal(protocol, turn.Negotiation!.Protocol);
        Assert.Equal(10, turn.Slate!.Items.Length);
        await silo.VerifiedAsync(turn);
    }

    [Theory]
    [InlineData("concession")]
    [InlineData("vote")]
    public async Task Turn_PolicyAgentSilentWhileNegotiating_IsStoodInForAndNamedInTheCertificate(string protocol)
    {
        var never = new TaskCompletionSource();
        TurnResult turn;
        var session = await silo.OpenAsync($"silent policy {protocol}", "viewer-042");
        using (silo.Patience(planner => planner.AnswerTimeoutMilliseconds = 100))
        using (silo.Gate.Before<IPolicyAgent>(nameof(IPolicyAgent.Review), (_, _) => never.Task))
            turn = await silo.TurnAsync(session, TurnRequest.Empty with { Protocol = protocol });
        never.SetResult();

        Assert.Equal("[\"policy\"]", (await silo.VerifiedAsync(turn)).GetProperty("negotiation").GetProperty("absent").GetRawText());
    }

    [Fact]
    public async Task Turn_UserAgentSilentWhileNegotiating_IsStoodInForByItsPinnedOffer()
    {
        TurnResult turn;
        var session = await silo.OpenAsync("silent user", "viewer-043");
        using (silo.Gate.Before<IUserAgent>(nameof(IUserAgent.Respond), (_, before) => before == 0 ? throw new InvalidOperationException("broken for a test") : Task.CompletedTask))
            turn = await silo.TurnAsync(session);

        Assert.Equal("[\"user\"]", (await silo.VerifiedAsync(turn)).GetProperty("negotiation").GetProperty("absent").GetRawText());
    }

    public static TheoryData<string> Protocols => [.. NegotiationProtocols.Names];
}
