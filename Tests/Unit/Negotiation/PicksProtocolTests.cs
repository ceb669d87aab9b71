using System.Collections.Immutable;
using AgentRec.Negotiation.Proposals;
using AgentRec.Negotiation.Protocol;

namespace AgentRec.Tests.Unit.Negotiation;

/// <summary>Whoever picks chooses among what the user can bear, and cannot do worse.</summary>
public sealed class PicksProtocolTests
{
    private const int Size = 5;

    private static readonly NegotiationTable Table = new(
        Policies.WithRules("id: any, type: distinct, facet: genre, atLeast: 1, severity: hard, priority: 1"), World.Generate(5, 120).Window, Size, World.Generate(5, 120));

    private static readonly ImmutableArray<string> Best = [.. Table.Window.Candidates.OrderByDescending(candidate => candidate.Utility).Select(candidate => candidate.ItemId)];

    [Fact]
    public async Task Negotiate_PicksThatTheUserCanBear_AreTheSlateInTheOrderOfStandings() =>
        Assert.Equal(Best[1..(Size + 1)], await SlateAsync([.. Best[1..(Size + 1)].Reverse()]));

    [Fact]
    public async Task Negotiate_PicksThatTheUserRefuses_GiveWayToTheUsersBest() => Assert.Equal(Best[..Size], await SlateAsync(Best[^Size..]));

    [Fact]
    public async Task Negotiate_IdsOfNothingAndRepetitions_CountForNothing() =>
        Assert.Equal([Best[0], Best[1], Best[2], Best[3], Best[5]], await SlateAsync(["no such item", Best[5], Best[5], "", Best[0]]));

    private static async Task<IEnumerable<string>> SlateAsync(ImmutableArray<string> picks)
    {
        var result = await new PicksProtocol(picks).NegotiateAsync(Table, new LocalParties(Table, null), Unobserved.Instance, CancellationToken.None);
        Assert.Equal(RepairProtocol.ProtocolName, result.Protocol);
        return result.Slate.Select(candidate => candidate.ItemId);
    }
}
