using System.Collections.Immutable;
using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Planning;
using AgentRec.Grains.Abstractions.Users;
using AgentRec.Grains.Reasons;

namespace AgentRec.Tests.Cluster;

/// <summary>What a turn shows as a reason is what the user's agent could verify.</summary>
[Collection(SiloCollection.Name)]
public sealed class ReasonTests(SiloFixture silo)
{
    [Fact]
    public async Task Turn_WhoseReasonsAreTamperedWith_EndsWellWithoutThem()
    {
        Evidence[] invented =
        [
            new(EvidenceKind.Rule, null, null, "bribe", "The house recommends it."),
            new(EvidenceKind.Bid, null, null, null, "It bid 0.87."),
            new(EvidenceKind.History, "m1", null, null, "Somebody like you gave 5 of 5 to The Shawshank Redemption."),
        ];
        TurnResult turn;
        using (silo.Gate.Each(call =>
        {
            if (call.InterfaceMethod.DeclaringType != typeof(IUserAgent) || call.InterfaceMethod.Name != nameof(IUserAgent.Explain))
                return;
            var request = (ExplanationRequest)call.Request.GetArgument(0)!;
            call.Request.SetArgument(0, request with { Reasons = request.Slate.ToImmutableDictionary(item => item, _ => invented.ToImmutableArray()) });
        }))
        {
            turn = await silo.TurnAsync(await silo.OpenAsync("tampered reasons", "viewer-031"), TurnRequest.Empty with { Policy = "balanced" });
        }

        Assert.Equal(10, turn.Slate!.Items.Length);
        Assert.All(turn.Slate.Items, item =>
        {
            Assert.NotEmpty(item.Explanation.Text);
            Assert.Empty(item.Explanation.Evidence.Intersect(invented));
            Assert.DoesNotContain("house", item.Explanation.Text, StringComparison.Ordinal);
        });
        await silo.VerifiedAsync(turn);
    }

    [Fact]
    public async Task Turn_UnderRulesAndBids_TellsNoFiguresOfBids()
    {
        var turn = await silo.TurnAsync(await silo.OpenAsync("reasons under rules", "viewer-032"), TurnRequest.Empty with { Policy = "balanced" });

        var evidence = turn.Slate!.Items.SelectMany(item => item.Explanation.Evidence).ToArray();
        Assert.Contains(evidence, one => one.Kind is EvidenceKind.History);
        Assert.Contains(evidence, one => one.Kind is EvidenceKind.Rule);
        Assert.All(evidence.Where(one => one.Kind is EvidenceKind.Bid), one => Assert.Equal(Wording.Bid, one.Text));
    }
}
