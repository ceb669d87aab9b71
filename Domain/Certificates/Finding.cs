namespace AgentRec.Domain;

/// <summary>Something that is wrong with a certificate.</summary>
/// <param name="Code">A stable word for programs, such as <c>signature</c> or <c>rule-value</c>.</param>
/// <param name="Path">The member concerned, such as <c>rules[1].value</c>; empty for the whole.</param>
/// <param name="Message">What was found and what was expected.</param>
[GenerateSerializer, Immutable, Alias("agentrec.Finding")]
public sealed record Finding([property: Id(0)] string Code, [property: Id(1)] string Path, [property: Id(2)] string Message);

/// <summary>What verification found.</summary>
/// <param name="Findings">What is wrong; nothing: the certificate is valid.</param>
/// <param name="Attested">Rules whose values only the cluster can recompute and that were not recomputed this time.</param>
[GenerateSerializer, Immutable, Alias("agentrec.Verification")]
public sealed record Verification(
    [property: Id(0)] System.Collections.Immutable.ImmutableArray<Finding> Findings,
    [property: Id(1)] System.Collections.Immutable.ImmutableArray<string> Attested)
{
    /// <summary>True when nothing is wrong.</summary>
    public bool IsValid => Findings.IsEmpty;
}

/// <summary>A public key for verifying certificates.</summary>
/// <param name="KeyId">The key's id.</param>
/// <param name="Algorithm">Always <c>ES256</c>: ECDSA on P-256 with SHA-256.</param>
/// <param name="X">The point's x coordinate, base64url.</param>
/// <param name="Y">The point's y coordinate, base64url.</param>
[GenerateSerializer, Immutable, Alias("agentrec.VerificationKey")]
public sealed record VerificationKey(
    [property: Id(0)] string KeyId,
    [property: Id(1)] string Algorithm,
    [property: Id(2)] string X,
    [property: Id(3)] string Y);
