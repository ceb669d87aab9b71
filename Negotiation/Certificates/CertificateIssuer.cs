using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using AgentRec.Domain;
using AgentRec.Negotiation.Proposals;
using AgentRec.Negotiation.Rules;

namespace AgentRec.Negotiation.Certificates;

/// <summary>Builds, checks and signs certificates.</summary>
/// <param name="signer">The signer.</param>
public sealed class CertificateIssuer(ICertificateSigner signer)
{
    /// <summary>
    /// Approves a proposed slate, or says why not: the claim is held against what the policy agent knows of the turn itself,
    /// then certified. This is the only way to an <see cref="ApprovedSlate"/>.
    /// </summary>
    /// <param name="claim">What the proposer claims.</param>
    /// <param name="assignment">What the policy agent knows of the turn itself.</param>
    /// <param name="header">The rest.</param>
    /// <param name="facets">The catalogue.</param>
    /// <param name="history">The user's private facts, read from the log up to the header's sequence.</param>
    public Approval Approve(SlateClaim claim, Assignment assignment, CertificateHeader header, IFacetSource facets, IPrivateFacts history)
    {
        if (ClaimForm.Problem(claim) is { } problem)
            return new Approval(null, [problem]);
        var verdict = ClaimCheck.Check(claim, assignment, facets);
        if (!verdict.Findings.IsEmpty)
            return new Approval(null, verdict.Findings);
        var issuance = Issue(claim, assignment.Rules, header, facets, history);
        return issuance.Certificate is { } certificate
            ? new Approval(new ApprovedSlate(certificate, Summary(certificate, verdict.Relaxed)), [])
            : new Approval(null, issuance.Findings);
    }

    /// <summary>
    /// Certifies a negotiated slate. Every rule is recomputed from the catalogue and the history; what the planner claims is
    /// verified like a certificate from outside before it leaves.
    /// </summary>
    /// <param name="claim">What the planner claims.</param>
    /// <param name="rules">The registered rule set, as the policy agent holds it.</param>
    /// <param name="header">The rest.</param>
    /// <param name="facets">The catalogue.</param>
    /// <param name="history">The user's private facts, read from the log up to the header's sequence.</param>
    /// <param name="window">The candidate window, where the policy agent has it: claims about utility are verified too.</param>
    /// <returns>The signed certificate, or findings that say why the slate must not be served.</returns>
    internal Issuance Issue(
        SlateClaim claim, RuleSet rules, CertificateHeader header, IFacetSource facets, IPrivateFacts history, JsonElement? window = null)
    {
        var handles = new List<int>(claim.Slate.Length);
        foreach (var itemId in claim.Slate)
        {
            if (!facets.TryHandle(itemId, out var handle))
                return new Issuance(null, [new Finding("slate-item", "slate", $"The catalogue holds no item '{itemId}'.")]);
            handles.Add(handle);
        }
        var witnesses = Witnesses(claim.Slate, handles, rules, facets);
        var unsigned = new Certificate(
            header.CertificateId,
            header.Tenant,
            header.SessionId,
            header.Turn,
            header.IssuedAt.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
            claim.Slate,
            claim.SlateSize,
            claim.WindowDigest,
            claim.WindowSize,
            header.Models,
            header.LedgerVersion,
            header.LogSequence,
            rules.Name,
            rules.Version,
            RuleCertifier.Certify(rules, new WitnessedSlate(witnesses, history)),
            claim.Outcome,
            claim.Result,
            claim.TranscriptDigest,
            witnesses,
            signer.KeyId,
            "");
        var certificate = unsigned with { Signature = signer.Sign(Encoding.UTF8.GetBytes(CertificateText.WriteUnsigned(unsigned))) };
        var findings = CertificateVerifier.Check(certificate, window, rules, history, facets);
        return findings.IsEmpty ? new Issuance(certificate, []) : new Issuance(null, findings);
    }

    /// <summary>What a client learns, read from the certificate and from nothing else but the reasons of relaxation.</summary>
    private static NegotiationSummary Summary(Certificate certificate, ImmutableArray<RelaxedRule> relaxed)
    {
        var result = certificate.Result;
        var relaxations = certificate.Rules.Where(rule => rule.Verdict == RuleVerdict.Relaxed).Select(rule =>
        {
            var bound = rule.AtLeast is { } least && rule.Value < least ? least : rule.AtMost ?? 0;
            var reason = relaxed.FirstOrDefault(one => string.Equals(one.RuleId, rule.Id, StringComparison.Ordinal))?.Reason
                ?? "It cannot be kept together with the rules that are kept longer.";
            return new Relaxation(rule.Id, (double)Millionths.ToDecimal(bound), (double)Millionths.ToDecimal(rule.Value), reason);
        });
        return new NegotiationSummary(
            result.Protocol,
            certificate.Outcome,
            result.Short,
            result.Rounds,
            result.OpeningUtility > 0 ? Math.Round((double)result.Utility / result.OpeningUtility, 2) : 1,
            [.. relaxations]);
    }

    private static ImmutableArray<Witness> Witnesses(ImmutableArray<string> slate, List<int> handles, RuleSet rules, IFacetSource facets)
    {
        var read = RuleCertifier.FacetsRead(rules);
        return [.. slate.Select((itemId, place) => new Witness(
            itemId,
            read.ToImmutableSortedDictionary(facet => facet, facet => facets.Under(rules.Strata).Values(handles[place], facet), StringComparer.Ordinal)))];
    }
}

/// <summary>A slate that may be shown. Nobody but the issuer can make one.</summary>
public sealed class ApprovedSlate
{
    internal ApprovedSlate(Certificate certificate, NegotiationSummary summary) => (Certificate, Summary) = (certificate, summary);

    /// <summary>The signed certificate, which names the slate.</summary>
    public Certificate Certificate { get; }

    /// <summary>What a client learns of the negotiation.</summary>
    public NegotiationSummary Summary { get; }
}

/// <summary>An approved slate, or why it is refused.</summary>
/// <param name="Slate">The approved slate.</param>
/// <param name="Findings">What stands against it.</param>
public sealed record Approval(ApprovedSlate? Slate, ImmutableArray<Finding> Findings);

/// <summary>A certificate, or why there is none.</summary>
/// <param name="Certificate">The signed certificate.</param>
/// <param name="Findings">What stands against it.</param>
internal sealed record Issuance(Certificate? Certificate, ImmutableArray<Finding> Findings);
