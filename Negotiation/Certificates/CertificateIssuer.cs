using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using AgentRec.Domain;
using AgentRec.Negotiation.Rules;

namespace AgentRec.Negotiation.Certificates;

/// <summary>Builds, checks and signs certificates.</summary>
/// <param name="signer">The signer.</param>
public sealed class CertificateIssuer(ICertificateSigner signer)
{
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
    public Issuance Issue(
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

    private static ImmutableArray<Witness> Witnesses(ImmutableArray<string> slate, List<int> handles, RuleSet rules, IFacetSource facets)
    {
        var read = RuleCertifier.FacetsRead(rules);
        return [.. slate.Select((itemId, place) => new Witness(
            itemId,
            read.ToImmutableSortedDictionary(facet => facet, facet => facets.Under(rules.Strata).Values(handles[place], facet), StringComparer.Ordinal)))];
    }
}

/// <summary>A certificate, or why there is none.</summary>
/// <param name="Certificate">The signed certificate.</param>
/// <param name="Findings">What stands against it.</param>
public sealed record Issuance(Certificate? Certificate, ImmutableArray<Finding> Findings);
