using System.Collections.Immutable;
using System.Text;
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
    /// <summary>Verifies a certificate as it came in. Nothing that is submitted makes it throw.</summary>
    /// <param name="certificate">The submitted JSON.</param>
    /// <param name="window">The candidate window, where it is at hand.</param>
    /// <param name="sources">What to verify against.</param>
    public static Verification Verify(JsonElement certificate, JsonElement? window, VerificationSources sources)
    {
        Certificate parsed;
        try
        {
            var tree = CanonicalReader.Read(certificate);
            parsed = CertificateParser.Parse(tree);
            if (!string.Equals(CanonicalJson.Write(tree), CertificateText.Write(parsed), StringComparison.Ordinal))
                return Invalid(new Finding("format", "", "The certificate has members that no certificate has, or values in another form."));
        }
        catch (CertificateFormatException e)
        {
            return Invalid(new Finding("format", e.Path, e.Message));
        }
        var findings = ImmutableArray.CreateBuilder<Finding>();
        CheckSignature(parsed, sources, findings);
        if (sources.Policy(parsed.PolicyName, parsed.PolicyVersion) is not { } rules)
        {
            findings.Add(new Finding("policy", "policy", $"No version {parsed.PolicyVersion} of a policy '{parsed.PolicyName}' is registered."));
            return new Verification(findings.ToImmutable(), []);
        }
        findings.AddRange(Check(parsed, window, rules, sources.History, sources.Facets));
        return new Verification(findings.ToImmutable(), RuleCheck.Attested(parsed, rules, sources.History));
    }

    /// <summary>Everything but form and signature.</summary>
    internal static ImmutableArray<Finding> Check(
        Certificate certificate, JsonElement? window, RuleSet rules, IPrivateFacts? history, IFacetSource? facets)
    {
        var findings = ImmutableArray.CreateBuilder<Finding>();
        SlateCheck.Check(certificate, rules, facets?.Under(rules.Strata), findings);
        RuleCheck.Check(certificate, rules, history, findings);
        OutcomeCheck.Check(certificate, rules, findings);
        if (window is { } submitted)
            WindowCheck.Check(certificate, submitted, findings);
        return findings.ToImmutable();
    }

    private static void CheckSignature(Certificate certificate, VerificationSources sources, ImmutableArray<Finding>.Builder findings)
    {
        if (sources.Key(certificate.KeyId) is not { } key)
            findings.Add(new Finding("key", "keyId", $"No key '{certificate.KeyId}' is known."));
        else if (!EcdsaVerifier.IsValid(key, Encoding.UTF8.GetBytes(CertificateText.WriteUnsigned(certificate)), certificate.Signature))
            findings.Add(new Finding("signature", "signature", $"The signature is not that of key '{certificate.KeyId}' over this content."));
    }

    private static Verification Invalid(Finding finding) => new([finding], []);
}
