using System.Collections.Immutable;
using AgentRec.Domain;
using AgentRec.Negotiation.Rules;

namespace AgentRec.Negotiation.Certificates;

/// <summary>Builds and signs certificates.</summary>
/// <param name="signer">The signer.</param>
public sealed class CertificateIssuer(ICertificateSigner signer)
{
    /// <summary>Certifies a negotiated slate: every rule is recomputed from the catalogue and the history, none is taken over.</summary>
    /// <param name="claim">What the planner claims.</param>
    /// <param name="rules">The registered rule set, as the policy agent holds it.</param>
    /// <param name="header">The rest.</param>
    /// <param name="facets">The catalogue.</param>
    /// <param name="history">The user's private facts, read from the log up to the header's sequence.</param>
    /// <returns>The signed certificate, or findings that say why the slate must not be served.</returns>
    public Issuance Issue(SlateClaim claim, RuleSet rules, CertificateHeader header, IFacetSource facets, IPrivateFacts history) =>
        new(null, [new Finding("none", signer.KeyId, "")]);
}

/// <summary>A certificate, or why there is none.</summary>
/// <param name="Certificate">The signed certificate.</param>
/// <param name="Findings">What stands against it.</param>
public sealed record Issuance(Certificate? Certificate, ImmutableArray<Finding> Findings);
