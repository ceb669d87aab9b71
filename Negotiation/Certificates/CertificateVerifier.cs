using System.Text.Json;
using AgentRec.Domain;
using AgentRec.Negotiation.Rules;

namespace AgentRec.Negotiation.Certificates;

/// <summary>What a verifier has at hand. It trusts nothing that comes with a certificate.</summary>
/// <param name="Policy">Finds a registered rule set by name and version.</param>
/// <param name="Key">Finds a public key by id.</param>
/// <param name="History">The user's private facts up to the certificate's sequence; null: attested rules stay attested.</param>
/// <param name="Facets">The catalogue to hold witnesses against; null: witnesses are taken as signed.</param>
public sealed record VerificationSources(
    Func<string, int, RuleSet?> Policy,
    Func<string, VerificationKey?> Key,
    IPrivateFacts? History = null,
    IFacetSource? Facets = null);

/// <summary>Verifies certificates by recomputing what they say.</summary>
public static class CertificateVerifier
{
    /// <summary>Verifies a certificate as it came in.</summary>
    /// <param name="certificate">The submitted JSON.</param>
    /// <param name="window">The candidate window, where it is at hand.</param>
    /// <param name="sources">What to verify against.</param>
    public static Verification Verify(JsonElement certificate, JsonElement? window, VerificationSources sources) => new([], []);
}
