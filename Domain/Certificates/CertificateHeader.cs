using System.Collections.Immutable;

namespace AgentRec.Domain;

/// <summary>What a certificate says beside the slate and its rules.</summary>
/// <param name="CertificateId">The certificate's id.</param>
/// <param name="Tenant">The tenant.</param>
/// <param name="SessionId">The session.</param>
/// <param name="Turn">The turn's number, from 1.</param>
/// <param name="IssuedAt">The time, in domain time.</param>
/// <param name="Models">Model versions by name.</param>
/// <param name="LedgerVersion">The exposure ledger that bids read.</param>
/// <param name="LogSequence">The sequence up to which private facts were read.</param>
[GenerateSerializer, Immutable, Alias("agentrec.CertificateHeader")]
public sealed record CertificateHeader(
    [property: Id(0)] string CertificateId,
    [property: Id(1)] string Tenant,
    [property: Id(2)] string SessionId,
    [property: Id(3)] int Turn,
    [property: Id(4)] DateTimeOffset IssuedAt,
    [property: Id(5)] ImmutableSortedDictionary<string, string> Models,
    [property: Id(6)] long LedgerVersion,
    [property: Id(7)] long LogSequence);
