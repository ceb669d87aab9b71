using System.Collections.Immutable;
using AgentRec.Domain;
using AgentRec.Negotiation.Certificates;
using AgentRec.Negotiation.Protocol;
using AgentRec.Negotiation.Rules;
using AgentRec.Negotiation.Windows;
using Xunit.Abstractions;

namespace AgentRec.Tests.Unit.Negotiation;

/// <summary>Policies over the films of MovieLens: what the catalogue can give, every user gets.</summary>
public sealed class EveryUserTests(ITestOutputHelper output)
{
    private const string Tail3 = "id: long-tail, type: count, facet: stratum, values: [tail], atLeast: 3";
    private const string Head3 = "id: few-blockbusters, type: count, facet: stratum, values: [head], atMost: 3";
    private const string FirstGenre3 = "id: no-monoculture, type: count, facet: firstGenre, forEach: true, atMost: 3";

    private static readonly Lazy<MovieLensWorld> Films = new(() => new MovieLensWorld(Path.Combine(SharedData.Root!, "ml-latest-small")));

    /// <summary>The shipped long-tail policy's rules, then harder ones.</summary>
    public static TheoryData<string[]> Attainable { get; } =
    [
        [Tail3, FirstGenre3, "id: variety, type: distinct, facet: genre, atLeast: 6"],
        [Tail3, Head3, FirstGenre3, "id: variety, type: distinct, facet: genre, atLeast: 8"],
        ["id: long-tail, type: count, facet: stratum, values: [tail], atLeast: 5", "id: few-blockbusters, type: count, facet: stratum, values: [head], atMost: 1", "id: no-monoculture, type: count, facet: firstGenre, forEach: true, atMost: 1", "id: variety, type: distinct, facet: genre, atLeast: 15"],
        [Tail3, "id: company, type: count, facet: firstGenre, forEach: true, atLeast: 3", "id: variety, type: distinct, facet: genre, atLeast: 7"],
    ];

    [SharedDataTheory, MemberData(nameof(Attainable))]
    [Trait("Category", "Long")]
    public Task NegotiateAsync_EveryUserOfMovieLens_GetsASlateUnderTheRules(string[] rules) => NegotiateForAsync(Policies.WithRules(rules), 1);

    [SharedDataTheory, MemberData(nameof(Attainable))]
    public Task NegotiateAsync_EveryTwentiethUserOfMovieLens_GetsASlateUnderTheRules(string[] rules) => NegotiateForAsync(Policies.WithRules(rules), 20);

    [SharedDataTheory, InlineData("mild"), InlineData("balanced"), InlineData("strict")]
    [Trait("Category", "Long")]
    public Task NegotiateAsync_EveryUserOfMovieLensUnderAShippedPolicy_GetsASlateUnderTheRules(string policy) => NegotiateForAsync(Policies.Shipped(policy), 1);

    [SharedDataTheory, InlineData("mild"), InlineData("balanced"), InlineData("strict")]
    public Task NegotiateAsync_EveryTwentiethUserUnderAShippedPolicy_GetsASlateUnderTheRules(string policy) => NegotiateForAsync(Policies.Shipped(policy), 20);

    [SharedDataFact]
    public async Task NegotiateAsync_PolicyThatNothingCanKeep_IsRelaxedAndSaysByHowMuch()
    {
        foreach (var user in Films.Value.Users.Where(user => user % 40 == 0))
        {
            var (result, selected) = await NegotiateAsync(Policies.Shipped("infeasible"), user);
            Assert.Equal(WindowOrigin.Infeasible, selected.Origin);
            Assert.Equal(NegotiationOutcome.Relaxed, result.Outcome);
            // The rule of the higher priority is kept; the other comes as near as ten places let it.
            Assert.Equal<(string, decimal?)>([("blockbusters", 4)], [.. result.Relaxed.Select(rule => (rule.RuleId, rule.AtLeast))]);
            Assert.Equal([4_000_000, 6_000_000], result.Readings.Select(reading => reading.Value));
            using var signer = EcdsaSigner.Create();
            var header = new CertificateHeader("c", "default", "s", 1, DateTimeOffset.UnixEpoch, ImmutableSortedDictionary<string, string>.Empty, 0, 0);
            var issued = new CertificateIssuer(signer).Issue(result.Claim(), result.Table.Rules, header, Films.Value, NoHistory.Instance);
            Assert.Empty(issued.Findings);
            Assert.Equal([RuleVerdict.Met, RuleVerdict.Relaxed, RuleVerdict.Met], issued.Certificate!.Rules.Select(rule => rule.Verdict));
        }
    }

    [SharedDataFact]
    public async Task NegotiateAsync_MoreGenresThanThereAre_IsRelaxedToWhatTheCatalogueHolds()
    {
        var rules = Policies.WithRules(
            "id: everything, type: distinct, facet: genre, atLeast: 25, priority: 1",
            "id: long-tail, type: count, facet: stratum, values: [tail], atLeast: 8, priority: 2",
            "id: blockbusters, type: count, facet: stratum, values: [head], atLeast: 3, priority: 3");
        var (result, selected) = await NegotiateAsync(rules, 42);
        Assert.False(selected.IsFeasible);
        Assert.Equal(NegotiationOutcome.Relaxed, result.Outcome);
        var relaxed = result.Relaxed;
        Assert.Equal<string>(["long-tail", "everything"], [.. relaxed.Select(rule => rule.RuleId)]);
        Assert.Equal(7, relaxed[0].AtLeast);
        Assert.InRange(relaxed[1].AtLeast!.Value, 15, 20);
        Assert.InRange(result.Search.Nodes, 1, 200_000);
    }

    private async Task NegotiateForAsync(RuleSet rules, int step)
    {
        var (users, widened, arbitrated, proven, kept) = (0, 0, 0, 0, 0.0);
        foreach (var user in Films.Value.Users.Where(user => user % step == 0))
        {
            var (result, selected) = await NegotiateAsync(rules, user);
            Assert.True(selected.IsFeasible, $"user {user} has no feasible window");
            int[] slate = [.. result.Slate.Select(candidate => candidate.Handle)];
            Assert.Equal(10, slate.Distinct().Count());
            foreach (var rule in rules.Rules.Where(rule => rule.Severity == RuleSeverity.Hard))
                Assert.True(BruteForce.Miss(rule, Films.Value, slate) == 0, $"user {user}: {rule.Id}");
            Assert.NotEqual(NegotiationOutcome.Relaxed, result.Outcome);
            users++;
            widened += selected.Origin == WindowOrigin.AtOnce ? 0 : 1;
            arbitrated += result.Outcome == NegotiationOutcome.Arbitrated ? 1 : 0;
            proven += result.Search.IsProven ? 1 : 0;
            kept += result.UtilityKept;
        }
        output.WriteLine($"{users} users, {widened} windows that reservation alone did not settle, {arbitrated} arbitrated, {proven} proven, utility kept {kept / users:F3}");
        Assert.True(users >= 30);
    }

    private static async Task<(NegotiationResult Result, SelectedWindow Selected)> NegotiateAsync(RuleSet rules, int user)
    {
        var ranked = Films.Value.Rank(user);
        var selected = WindowSelection.Settle([.. ranked.Select(candidate => candidate.Handle)], Films.Value, rules, 10);
        var window = CandidateWindow.Of(selected.Places.Select(place => ranked[place]), 1);
        var table = new NegotiationTable(rules, window, 10, Films.Value, selected.Widenings);
        return (await new ConcessionProtocol().NegotiateAsync(table, new LocalParties(table, null), Unobserved.Instance, CancellationToken.None), selected);
    }
}
