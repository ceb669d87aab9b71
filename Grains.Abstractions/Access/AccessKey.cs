using System.Collections.Immutable;

namespace AgentRec.Grains.Abstractions.Access;

/// <summary>An access key without its secret, which nobody but its holder has.</summary>
/// <param name="Id">Names the key; no secret.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Tenant">The tenant that its calls belong to.</param>
/// <param name="Scopes">What its holder may do.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="ExpiresAt">From when it is not taken any more; null: it never expires.</param>
/// <param name="RevokedAt">When it was revoked; null: it was not.</param>
[GenerateSerializer, Immutable, Alias("agentrec.AccessKey")]
public sealed record AccessKey(
    [property: Id(0)] string Id,
    [property: Id(1)] string Name,
    [property: Id(2)] string Tenant,
    [property: Id(3)] AccessScopes Scopes,
    [property: Id(4)] DateTimeOffset CreatedAt,
    [property: Id(5)] DateTimeOffset? ExpiresAt,
    [property: Id(6)] DateTimeOffset? RevokedAt)
{
    /// <summary>The greatest number of characters in a name.</summary>
    public const int GreatestName = 100;

    /// <summary>Says whether the key is taken.</summary>
    /// <param name="now">The moment.</param>
    public bool IsValid(DateTimeOffset now) => RevokedAt is null && (ExpiresAt is not { } end || now < end);
}

/// <summary>An access key as it is stored: with the digest of its secret.</summary>
/// <param name="Key">The key.</param>
/// <param name="Digest">The SHA-256 of the secret (<see cref="AccessSecret"/>).</param>
[GenerateSerializer, Immutable, Alias("agentrec.StoredAccessKey")]
public sealed record StoredAccessKey([property: Id(0)] AccessKey Key, [property: Id(1)] ImmutableArray<byte> Digest)
{
    /// <summary>The key alone.</summary>
    public override string ToString() => Key.ToString();
}
