using System.Collections.Immutable;
using AgentRec.Domain;
using AgentRec.Negotiation.Proposals;
using AgentRec.Negotiation.Protocol;
using AgentRec.Negotiation.Windows;

namespace AgentRec.Tests.Cluster;

/// <summary>Proposers that cheat, break or dawdle, under the name <c>faulty:...</c>.</summary>
internal static class FaultyProposers
{
    private delegate Task<SlateClaim?> Fault(NegotiationTable table, IParties parties, INegotiationObserver observer, CancellationToken cancellationToken);

    /// <summary>Signalled when a proposer that blocks its thread may go on.</summary>
    public static ManualResetEventSlim Release { get; } = new();

    public static ImmutableArray<ISlateProposer> All { get; } =
    [
        Lying("foreign-item", claim => claim with { Slate = claim.Slate.SetItem(0, "no such item") }),
        Lying("duplicate", claim => claim with { Slate = claim.Slate.SetItem(0, claim.Slate[1]) }),
        Lying("empty", claim => claim with { Slate = [] }),
        Lying("null-item", claim => claim with { Slate = claim.Slate.SetItem(2, null!) }),
        Lying("certificate", claim => claim with { Outcome = NegotiationOutcome.Agreed, Result = claim.Result with { Utility = claim.Result.OpeningUtility, LimitExceeded = 0 } }),
        Lying("stale-policy", claim => claim with { PolicyVersion = claim.PolicyVersion - 1 }),
        Lying("other-policy", claim => claim with { PolicyName = "lax" }),
        Lying("no-words", claim => claim with { TranscriptDigest = null! }),
        new Faulty("relaxed-limits", (table, _, observer, token) => Negotiate(table with { Rules = table.Rules with { Rules = [] } }, observer, token)),
        new Faulty("other-window", (table, _, observer, token) =>
            Negotiate(table with { Window = CandidateWindow.Of(table.Window.Candidates.Select(candidate => candidate with { Relevance = 0.5, Utility = 0.5 }), 1) }, observer, token)),
        new Faulty("worst-for-the-user", async (table, parties, observer, token) =>
        {
            // A legal slate that is worth as little as can be to the user, called arbitrated.
            var turned = table with { Window = CandidateWindow.Of(table.Window.Candidates.Select(candidate => candidate with { Utility = 1 - candidate.Utility }), 1) };
            var result = await new ConcessionProtocol().NegotiateAsync(turned, new LocalParties(turned, null), Unobserved.Instance, token);
            var slate = result.Slate.Select(worst => table.Window.Candidates.Single(candidate => candidate.Handle == worst.Handle)).ToArray();
            var (opening, utility) = (Utility.InMillionths(Opening.Of(table.Window.Candidates, table.SlateSize)), Utility.InMillionths(slate));
            return result.Claim() with
            {
                WindowDigest = table.Window.Digest,
                Outcome = NegotiationOutcome.Arbitrated,
                Result = new CertifiedResult(
                    ConcessionProtocol.ProtocolName, false, table.Rules.Concession.Rounds, opening, utility, 0, UserStance.Shortfall(opening, utility, table.Rules.Concession)),
            };
        }),
        new Faulty("calls-everybody", async (table, parties, _, token) =>
        {
            await parties.BidAsync(new BidCall(0, 1, 1, [.. table.Window.Candidates.Select(candidate => candidate.Handle)]), token);
            return null;
        }),
        new Faulty("asks-for-everything", async (_, parties, _, token) =>
        {
            await parties.OfferAsync(new OfferCall(1, int.MaxValue, [], []), token);
            return null;
        }),
        new Faulty("reviews-nothing", async (table, parties, _, token) =>
        {
            await parties.ReviewAsync([.. table.Window.Candidates.Take(3).Select(candidate => candidate.Handle)], default, token);
            return null;
        }),
        new Faulty("hides-behind-an-absence", async (table, parties, observer, token) =>
            (await new ConcessionProtocol().NegotiateAsync(table, parties, observer, token)).Claim() is var claim
                ? claim with { Result = claim.Result with { Absent = [AgentNames.User] } }
                : null),
        new Faulty("throws", (_, _, _, _) => throw new InvalidOperationException("broken for a test")),
        new Faulty("stack-of-errors", async (_, _, _, _) =>
        {
            await Task.Yield();
            throw new AggregateException(new InvalidOperationException("one"), new InvalidOperationException("two"));
        }),
        new Faulty("endless", async (table, parties, _, token) =>
        {
            ImmutableArray<int> slate = [.. table.Window.Candidates.Take(table.SlateSize).Select(candidate => candidate.Handle)];
            for (var round = 1; ; round++)
                await parties.RespondAsync(slate, round, token);
        }),
        new Faulty("waits", async (_, _, _, _) =>
        {
            // Deaf to cancellation.
            await new TaskCompletionSource().Task;
            return null;
        }),
        new Faulty("blocks", (_, _, _, _) =>
        {
            Release.Wait(CancellationToken.None);
            return Task.FromResult<SlateClaim?>(null);
        }),
        new Faulty("asks-nonsense", async (_, parties, _, token) =>
        {
            await parties.ReviewAsync([-1, int.MaxValue], [], token);
            return null;
        }),
        new Faulty("shouts", (_, _, observer, _) =>
        {
            observer.On(new Settled(NegotiationOutcome.Agreed, [int.MaxValue], 1, 1, 1));
            return Task.FromResult<SlateClaim?>(null);
        }),
    ];

    public static IEnumerable<string> Names => All.Select(proposer => proposer.Name);

    private static Faulty Lying(string name, Func<SlateClaim, SlateClaim> lie) => new(name, async (table, parties, observer, token) =>
        lie((await new ConcessionProtocol().NegotiateAsync(table, parties, observer, token)).Claim()));

    private static async Task<SlateClaim?> Negotiate(NegotiationTable table, INegotiationObserver observer, CancellationToken token) =>
        (await new ConcessionProtocol().NegotiateAsync(table, new LocalParties(table, null), observer, token)).Claim();

    private sealed class Faulty(string name, Fault fault) : ISlateProposer
    {
        public string Name { get; } = $"faulty:{name}";

        public string Protocol => ConcessionProtocol.ProtocolName;

        public Task<SlateClaim?> ProposeAsync(NegotiationTable table, IParties parties, INegotiationObserver observer, CancellationToken cancellationToken) =>
            fault(table, parties, observer, cancellationToken);
    }
}
