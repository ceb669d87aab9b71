using System.Collections.Immutable;
using AgentRec.Domain;
using AgentRec.Negotiation.Certificates;
using AgentRec.Negotiation.Proposals;
using AgentRec.Negotiation.Protocol;
using AgentRec.Negotiation.Rules;

namespace AgentRec.Tests.Unit.Negotiation;

/// <summary>What a proposer may claim, and what it may not.</summary>
public sealed class ClaimCheckTests
{
    private static readonly RuleSet Rules = Policies.Read(Policies.SixRules);
    private static readonly World Catalogue = World.Generate(5, 120);
    private static readonly NegotiationTable Table = new(Rules, Catalogue.Window, 10, Catalogue);
    private static readonly SlateClaim Honest = new ConcessionProtocol()
        .NegotiateAsync(Table, new LocalParties(Table, null), Unobserved.Instance, CancellationToken.None).GetAwaiter().GetResult().Claim();

    public static TheoryData<string, string> Lies => new()
    {
        { "item outside the catalogue", "outside-window" },
        { "item outside the window", "outside-window" },
        { "null item", "form" },
        { "no transcript", "form" },
        { "duplicate", "slate-duplicate" },
        { "short slate", "slate-size" },
        { "empty slate", "slate-size" },
        { "long slate", "slate-size" },
        { "endless slate", "form" },
        { "another slate size", "slate-size" },
        { "another user's window", "window-digest" },
        { "another window size", "window-size" },
        { "stale policy version", "policy-version" },
        { "another policy", "policy-version" },
        { "another protocol", "protocol" },
        { "better utility", "utility" },
        { "lower opening", "utility" },
        { "rules given up without need", "relaxed" },
        { "agreed although beyond the limit", "arbitration" },
        { "more rounds than there are", "rounds" },
        { "relaxed although all holds", "outcome" },
        { "bids that were never made", "utility" },
        { "an agent that does not exist", "absent" },
        { "an agent that was there", "absent" },
        { "beyond the limit without need", "arbitration" },
    };

    [Fact]
    public void Approve_HonestClaim_IsApproved() => Assert.Empty(Approve(Honest).Findings);

    [Theory]
    [MemberData(nameof(Lies))]
    public void Approve_Lie_IsRefused(string lie, string code)
    {
        var approval = Approve(Tell(lie));
        Assert.Null(approval.Slate);
        Assert.Contains(approval.Findings, finding => finding.Code == code);
    }

    [Fact]
    public void Approve_EverySlateOfTheOpeningWithOneReplacement_IsNeverFalselyAccepted()
    {
        var opening = Opening.Of(Table.Window.Candidates, 10);
        var approved = 0;
        foreach (var coming in Table.Window.Candidates.Where(candidate => !opening.Contains(candidate)))
        {
            for (var place = 0; place < 10; place++)
            {
                var slate = opening.SetItem(place, coming).OrderByDescending(candidate => candidate.Utility).ToImmutableArray();
                var approval = Approve(Claiming(slate));
                if (approval.Slate is null)
                    continue;
                approved++;
                Assert.True(BruteForce.Keeps(Rules, Catalogue, [.. slate.Select(candidate => candidate.Handle)]));
            }
        }
        Assert.Equal(0, approved);
    }

    private static SlateClaim Tell(string lie) => lie switch
    {
        "item outside the catalogue" => Honest with { Slate = Honest.Slate.SetItem(0, "nowhere") },
        "item outside the window" => Honest with { Slate = Honest.Slate.SetItem(9, "i119x") },
        "null item" => Honest with { Slate = Honest.Slate.SetItem(3, null!) },
        "no transcript" => Honest with { TranscriptDigest = "" },
        "endless slate" => Honest with { Slate = [.. Enumerable.Range(0, 100_000).Select(place => $"i{place}")] },
        "duplicate" => Honest with { Slate = Honest.Slate.SetItem(0, Honest.Slate[1]) },
        "short slate" => Honest with { Slate = [.. Honest.Slate.Take(9)], Result = Honest.Result with { Short = true } },
        "empty slate" => Honest with { Slate = [] },
        "long slate" => Honest with { Slate = Honest.Slate.Add(Table.Window.Candidates.First(candidate => !Honest.Slate.Contains(candidate.ItemId)).ItemId) },
        "another slate size" => Honest with { SlateSize = 11 },
        "another user's window" => Honest with { WindowDigest = World.Generate(6, 120).Window.Digest },
        "another window size" => Honest with { WindowSize = 400 },
        "stale policy version" => Honest with { PolicyVersion = 0 },
        "another policy" => Honest with { PolicyName = "lax" },
        "another protocol" => Honest with { Result = Honest.Result with { Protocol = "exact" } },
        "better utility" => Honest with { Result = Honest.Result with { Utility = Honest.Result.OpeningUtility, LimitExceeded = 0 } },
        "lower opening" => Honest with { Result = Honest.Result with { OpeningUtility = Honest.Result.Utility } },
        "rules given up without need" => Claiming(Opening.Of(Table.Window.Candidates, 10)) with { Outcome = NegotiationOutcome.Relaxed },
        "agreed although beyond the limit" => Claiming(Worst(), NegotiationOutcome.Agreed),
        "more rounds than there are" => Honest with { Result = Honest.Result with { Rounds = 99 } },
        "relaxed although all holds" => Honest with { Outcome = NegotiationOutcome.Relaxed },
        "bids that were never made" => Honest with { Result = Honest.Result with { BidCost = Honest.Result.OpeningUtility } },
        "an agent that does not exist" => Honest with { Result = Honest.Result with { Absent = ["moderator"] } },
        "an agent that was there" => Honest with { Result = Honest.Result with { Absent = [AgentNames.User] } },
        "beyond the limit without need" => Claiming(Worst(), NegotiationOutcome.Arbitrated),
        _ => throw new ArgumentOutOfRangeException(nameof(lie), lie, "No such lie."),
    };

    /// <summary>A slate that keeps all rules and is worth little to the user.</summary>
    private static ImmutableArray<Candidate> Worst()
    {
        var columns = RuleColumns.Of(Table);
        double[] turned = [.. Table.Window.Candidates.Select(candidate => 1 - candidate.Utility)];
        var answer = new AgentRec.Negotiation.Search.SlateSearch(columns, turned.Length, 10).Best(turned, softness: 0);
        return [.. answer.Slate!.Select(place => Table.Window.Candidates[place])];
    }

    private static SlateClaim Claiming(ImmutableArray<Candidate> slate, NegotiationOutcome outcome = NegotiationOutcome.Agreed)
    {
        var (opening, utility) = (Utility.InMillionths(Opening.Of(Table.Window.Candidates, 10)), Utility.InMillionths(slate));
        return Honest with
        {
            Slate = [.. slate.Select(candidate => candidate.ItemId)],
            Outcome = outcome,
            Result = new CertifiedResult(
                ConcessionProtocol.ProtocolName, false, Rules.Concession.Rounds, opening, utility, 0, UserStance.Shortfall(opening, utility, Rules.Concession)),
        };
    }

    private static Approval Approve(SlateClaim claim)
    {
        using var signer = EcdsaSigner.Create();
        var header = new CertificateHeader("c1", "default", "s1", 1, DateTimeOffset.UnixEpoch, ImmutableSortedDictionary<string, string>.Empty, 0, 0);
        return new CertificateIssuer(signer).Approve(
            claim, new Assignment(Rules, Table.Window, 10, ConcessionProtocol.ProtocolName, []), header, Catalogue, NoHistory.Instance);
    }
}
