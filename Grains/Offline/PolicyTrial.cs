using System.Collections.Immutable;
using System.Text.Json;
using AgentRec.Domain;
using AgentRec.Negotiation.Certificates;
using AgentRec.Negotiation.Proposals;
using AgentRec.Negotiation.Protocol;
using AgentRec.Negotiation.Rules;
using AgentRec.Negotiation.Windows;
using AgentRec.Recommenders.Evaluation;

namespace AgentRec.Grains.Offline;

/// <summary>
/// Holds the slates of rankers and protocols against a policy, over all users: pass rates are about the unrelaxed rules,
/// utilities are those of the model that negotiates. What a protocol makes is certified and verified like any slate.
/// </summary>
/// <param name="negotiations">The negotiations of the evaluation.</param>
public sealed class PolicyTrial(OfflineNegotiations negotiations) : IDisposable
{
    private static readonly INegotiationProtocol Optimum = NegotiationProtocols.Find(ExactProtocol.ProtocolName)!;

    // Certificates name a registered version; an evaluation's rule set is not registered.
    private readonly RuleSet _rules = negotiations.Rules with { Version = 1 };
    private readonly EcdsaSigner _signer = EcdsaSigner.Create();

    /// <summary>Tries a ranker that knows of no policy: its first ten are the slate.</summary>
    /// <param name="ranker">The ranker.</param>
    /// <param name="users">All users.</param>
    public PolicyReport TryRanker(IRanker ranker, ImmutableArray<EvaluationUser> users) =>
        Report(users, user => Judge(user, [.. ranker.Rank(user).Take(OfflineNegotiations.SlateSize)]));

    /// <summary>Tries a protocol.</summary>
    /// <param name="protocol">The protocol.</param>
    /// <param name="users">All users.</param>
    public PolicyReport TryProtocol(INegotiationProtocol protocol, ImmutableArray<EvaluationUser> users) => Report(users, user =>
    {
        var negotiated = negotiations.Of(protocol, user);
        var result = negotiated.Result;
        var handles = result.Slate.Select(candidate => candidate.Handle).ToArray();
        var keepsAll = KeepsAll(result.Table.Window.Candidates, handles);
        var isCertified = IsCertifiedUnrelaxed(result);
        return new Verdict(
            keepsAll && isCertified, result.Rounds, result.Table.Widenings > 0, !result.Relaxed.IsEmpty, result.Outcome is NegotiationOutcome.Arbitrated,
            result.UtilityKept, Kept(result.Objective, user), isCertified && !keepsAll, !result.Search.IsProven, negotiated.Window, negotiated.Milliseconds);
    });

    /// <inheritdoc/>
    public void Dispose() => _signer.Dispose();

    private PolicyReport Report(ImmutableArray<EvaluationUser> users, Func<EvaluationUser, Verdict> judge)
    {
        var verdicts = new Verdict[users.Length];
        Parallel.For(0, users.Length, i => verdicts[i] = judge(users[i]));
        double[] times = [.. verdicts.Select(verdict => verdict.Milliseconds).Order()];
        return new PolicyReport(
            _rules.Name,
            Mean(verdict => verdict.Passes ? 1 : 0), Mean(verdict => verdict.Rounds), Mean(verdict => verdict.Widened ? 1 : 0),
            Mean(verdict => verdict.Relaxed ? 1 : 0), Mean(verdict => verdict.UtilityKept), Mean(verdict => verdict.ObjectiveKept),
            verdicts.Count(verdict => verdict.FalselyAccepted))
        {
            Windows = Enum.GetValues<WindowOrigin>().ToImmutableSortedDictionary(
                origin => JsonNamingPolicy.CamelCase.ConvertName(origin.ToString()), origin => Mean(verdict => verdict.Window == origin ? 1 : 0), StringComparer.Ordinal),
            Unproven = Mean(verdict => verdict.Unproven ? 1 : 0),
            Arbitrated = Mean(verdict => verdict.Arbitrated ? 1 : 0),
            MillisecondsMedian = times.Length == 0 ? 0 : times[times.Length / 2],
            MillisecondsP99 = times.Length == 0 ? 0 : times[(int)Math.Ceiling(0.99 * times.Length) - 1],
        };

        double Mean(Func<Verdict, double> figure) => verdicts.Length == 0 ? 0 : verdicts.Average(figure);
    }

    private Verdict Judge(EvaluationUser user, ImmutableArray<int> slate)
    {
        // A ranker's slate may hold items outside the window: it is judged within a window of its own.
        var offline = negotiations.Lay(user);
        var catalogue = negotiations.Model.Catalogue;
        ImmutableArray<Candidate> own = [.. slate.Select(item => new Candidate(item, catalogue.Item(item).ItemId, 0, 0, offline.Utility(item)))];
        var opening = Utility.Of(Opening.Of(offline.Table.Window.Candidates, offline.Table.SlateSize));
        var utility = Utility.Of(own);
        var objective = utility - Wishes.Penalty(offline.Table, slate);
        return new Verdict(
            KeepsAll(own, [.. slate]), 0, Widened: false, Relaxed: false, Arbitrated: false, opening > 0 ? utility / opening : 1, Kept(objective, user), FalselyAccepted: false, Unproven: false, offline.Origin, 0);
    }

    /// <summary>The part of the exact optimum's objective that an objective is.</summary>
    private double Kept(double objective, EvaluationUser user) =>
        negotiations.Of(Optimum, user).Result.Objective is > 0 and var best ? objective / best : 1;

    private bool KeepsAll(ImmutableArray<Candidate> window, int[] slate)
    {
        var catalogue = negotiations.Model.Catalogue;
        var eligibility = new Eligibility(_rules, catalogue);
        return new PolicyReview(_rules, window, catalogue).Review([.. slate], []).IsAdmissible && Array.TrueForAll(slate, item => eligibility.PublicBar(item) is null);
    }

    /// <summary>True when the slate is approved, and its certificate verified, as keeping every hard rule.</summary>
    private bool IsCertifiedUnrelaxed(NegotiationResult result)
    {
        var catalogue = negotiations.Model.Catalogue;
        var header = new CertificateHeader(
            "c-trial", Identifier.DefaultTenant, "s-trial", 1, DateTimeOffset.UnixEpoch, ImmutableSortedDictionary<string, string>.Empty, 0, 0);
        var assignment = new Assignment(_rules, result.Table.Window, result.Table.SlateSize, result.Protocol, []);
        var claim = result.Claim() with { PolicyVersion = _rules.Version };
        if (new CertificateIssuer(_signer).Approve(claim, assignment, header, catalogue, NoHistory.Instance).Slate is not { Certificate: var certificate })
            return false;
        using var text = JsonDocument.Parse(CertificateText.Write(certificate));
        using var window = JsonDocument.Parse(result.Table.Window.Canonical);
        var sources = new VerificationSources(
            (_, _) => _rules,
            id => _signer.PublicKeys.FirstOrDefault(key => string.Equals(key.KeyId, id, StringComparison.Ordinal)),
            NoHistory.Instance,
            catalogue);
        return CertificateVerifier.Verify(text.RootElement, window.RootElement, sources).IsValid && certificate.Rules.All(rule => rule.Verdict is not RuleVerdict.Relaxed);
    }

    private sealed record Verdict(
        bool Passes, double Rounds, bool Widened, bool Relaxed, bool Arbitrated, double UtilityKept, double ObjectiveKept, bool FalselyAccepted, bool Unproven, WindowOrigin Window, double Milliseconds);
}
