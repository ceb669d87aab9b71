using AgentRec.Domain;
using AgentRec.Negotiation.Protocol;
using AgentRec.Negotiation.Windows;
using Xunit.Abstractions;

namespace AgentRec.Tests.Unit.Negotiation;

public sealed class EveryUserTests(ITestOutputHelper output)
{
    private static readonly RuleSet LongTail = Policies.WithRules(
        "id: long-tail, type: count, facet: stratum, values: [tail], atLeast: 3",
        "id: no-monoculture, type: count, facet: firstGenre, forEach: true, atMost: 3",
        "id: variety, type: distinct, facet: genre, atLeast: 6");

    [SharedDataFact]
    [Trait("Category", "Long")]
    public Task NegotiateAsync_EveryUserOfMovieLens_GetsASlateUnderTheLongTailPolicy() => NegotiateForAsync(1);

    [SharedDataFact]
    public Task NegotiateAsync_EveryTwentiethUserOfMovieLens_GetsASlateUnderTheLongTailPolicy() => NegotiateForAsync(20);

    private async Task NegotiateForAsync(int step)
    {
        var world = new MovieLensWorld(Path.Combine(SharedData.Root!, "ml-latest-small"));
        var (users, widened, arbitrated, proven, kept) = (0, 0, 0, 0, 0.0);
        foreach (var user in world.Users.Where(user => user % step == 0))
        {
            var ranked = world.Rank(user);
            var selected = WindowSelection.Settle([.. ranked.Select(candidate => candidate.Handle)], world, LongTail, 10);
            Assert.True(selected.IsFeasible, $"user {user} has no feasible window");
            var window = CandidateWindow.Of(selected.Places.Select(place => ranked[place]), 1);
            var table = new NegotiationTable(LongTail, window, 10, world, selected.Widenings);
            var result = await ConcessionProtocol.NegotiateAsync(table, new LocalParties(table, null), Unobserved.Instance, CancellationToken.None);
            var slate = result.Slate.Select(candidate => candidate.Handle).ToArray();
            Assert.Equal(10, slate.Distinct().Count());
            Assert.True(slate.Count(handle => world.Values(handle, "stratum")[0] == "tail") >= 3, $"user {user}: long tail");
            Assert.True(slate.GroupBy(handle => world.Values(handle, "firstGenre")[0], StringComparer.Ordinal).Max(group => group.Count()) <= 3, $"user {user}: first genre");
            Assert.True(slate.SelectMany(handle => world.Values(handle, "genre")).Distinct(StringComparer.Ordinal).Count() >= 6, $"user {user}: genres");
            Assert.NotEqual(NegotiationOutcome.Relaxed, result.Outcome);
            users++;
            widened += selected.Widenings;
            arbitrated += result.Outcome == NegotiationOutcome.Arbitrated ? 1 : 0;
            proven += result.Search.IsProven ? 1 : 0;
            kept += result.UtilityKept;
        }
        output.WriteLine($"{users} users, {widened} widenings, {arbitrated} arbitrated, {proven} proven, utility kept {kept / users:F3}");
        Assert.True(users >= 30);
    }
}
