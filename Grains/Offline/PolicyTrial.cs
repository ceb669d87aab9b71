using System.Collections.Immutable;
using System.Text.Json;
using AgentRec.Domain;
using AgentRec.Negotiation.Certificates;
using AgentRec.Negotiation.Protocol;
using AgentRec.Negotiation.Rules;
using AgentRec.Recommenders;
using AgentRec.Recommenders.Evaluation;

namespace AgentRec.Grains.Offline;

/// <summary>
/// Holds the slates of rankers and protocols against a policy. All go through the same verifier, over all users: pass rates
/// are about the unrelaxed rules, utilities are those of the blend.
/// </summary>
/// <param name="model">The model that gives utilities.</param>
/// <param name="rules">The policy.</param>
/// <param name="seed">Orders ties.</param>
public sealed class PolicyTrial(RecommenderModel model, RuleSet rules, ulong seed) : IDisposable
{
    private readonly OfflineTurn _turn = new(model, rules, seed);
    private readonly EcdsaSigner _signer = EcdsaSigner.Create();

    /// <summary>Tries a ranker that knows of no policy: its first ten are the slate.</summary>
    /// <param name="ranker">The ranker.</param>
    /// <param name="users">All users.</param>
    public PolicyReport TryRanker(IRanker ranker, ImmutableArray<EvaluationUser> users) => Try(users, user =>
    {
        var offline = _turn.Lay(user.History, user.Excluded, NegotiatedRanker.SlateSize);
        ImmutableArray<int> slate = [.. ranker.Rank(user).Take(NegotiatedRanker.SlateSize)];
        return Judge(offline, slate, null);
    });

    /// <summary>Tries a protocol.</summary>
    /// <param name="protocol">The protocol.</param>
    /// <param name="users">All users.</param>
    public PolicyReport TryProtocol(string protocol, ImmutableArray<EvaluationUser> users) => Try(users, user =>
    {
        var offline = _turn.Lay(user.History, user.Excluded, NegotiatedRanker.SlateSize);
        var result = OfflineTurn.Negotiate(protocol, offline.Table);
        return Judge(offline, [.. result.Slate.Select(candidate => candidate.Handle)], result);
    });

    /// <inheritdoc/>
    public void Dispose() => _signer.Dispose();

    private PolicyReport Try(ImmutableArray<EvaluationUser> users, Func<EvaluationUser, Verdict> judge)
    {
        var verdicts = new Verdict[users.Length];
        Parallel.For(0, users.Length, i => verdicts[i] = judge(users[i]));
        return new PolicyReport(
            rules.Name,
            Mean(verdict => verdict.Passes ? 1 : 0), Mean(verdict => verdict.Rounds), Mean(verdict => verdict.Widened ? 1 : 0),
            Mean(verdict => verdict.Relaxed ? 1 : 0), Mean(verdict => verdict.UtilityKept), Mean(verdict => verdict.ObjectiveKept),
            verdicts.Count(verdict => verdict.FalselyAccepted));

        double Mean(Func<Verdict, double> figure) => verdicts.Length == 0 ? 0 : verdicts.Average(figure);
    }

    private Verdict Judge(OfflineTable offline, ImmutableArray<int> slate, NegotiationResult? result)
    {
        // A ranker's slate may hold items outside the window: it is judged within a window of its own.
        ImmutableArray<Candidate> own = [.. slate.Select(item => new Candidate(item, model.Catalogue.Item(item).ItemId, 0, 0, offline.Utility(item)))];
        var review = new PolicyReview(rules, own, model.Catalogue).Review(slate, []);
        var eligibility = new Eligibility(rules, model.Catalogue);
        var passes = review.IsAdmissible && slate.All(item => eligibility.PublicBar(item) is null);
        var opening = Utility.Of(Opening.Of(offline.Table.Window.Candidates, offline.Table.SlateSize));
        var utility = Utility.Of(own);
        var exact = ExactProtocol.Solve(offline.Table);
        var objective = utility - Wishes.Penalty(offline.Table, slate);
        return new Verdict(
            passes, result?.Rounds ?? 0, result?.Table.Widenings > 0, result is { Relaxed.IsEmpty: false },
            opening > 0 ? utility / opening : 1,
            exact is { Objective: > 0 } optimum ? objective / optimum.Objective : 1,
            result is not null && !passes && AcceptedUnrelaxed(result));
    }

    /// <summary>True when the slate is certified and verified as keeping every hard rule.</summary>
    private bool AcceptedUnrelaxed(NegotiationResult result)
    {
        var header = new CertificateHeader(
            "c-trial", Identifier.DefaultTenant, "s-trial", 1, DateTimeOffset.UnixEpoch, ImmutableSortedDictionary<string, string>.Empty, 0, 0);
        if (new CertificateIssuer(_signer).Issue(result.Claim(), rules with { Version = 1 }, header, model.Catalogue, NoHistory.Instance).Certificate is not { } certificate)
            return false;
        using var text = JsonDocument.Parse(CertificateText.Write(certificate));
        var sources = new VerificationSources(
            (_, _) => rules with { Version = 1 },
            id => _signer.PublicKeys.FirstOrDefault(key => string.Equals(key.KeyId, id, StringComparison.Ordinal)),
            NoHistory.Instance,
            model.Catalogue);
        return CertificateVerifier.Verify(text.RootElement, null, sources).IsValid && certificate.Rules.All(rule => rule.Verdict is not RuleVerdict.Relaxed);
    }

    private sealed record Verdict(
        bool Passes, int Rounds, bool Widened, bool Relaxed, double UtilityKept, double ObjectiveKept, bool FalselyAccepted);
}
