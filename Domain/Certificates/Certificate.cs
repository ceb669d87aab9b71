using System.Collections.Immutable;

namespace AgentRec.Domain;

/// <summary>
/// What the cluster vouches for about a slate. Everything is a text or a whole number, so that its canonical form is the
/// same everywhere: utilities, rule values and bounds are in millionths.
/// </summary>
/// <param name="Id">The certificate's id.</param>
/// <param name="Tenant">The tenant.</param>
/// <param name="SessionId">The session.</param>
/// <param name="Turn">The turn's number in its session, from 1.</param>
/// <param name="IssuedAt">When it was issued, in domain time: ISO 8601 in UTC.</param>
/// <param name="Slate">The items shown, best first.</param>
/// <param name="SlateSize">How many were asked for.</param>
/// <param name="WindowDigest">SHA-256 over the canonical form of the candidate window, in lower-case hexadecimal.</param>
/// <param name="WindowSize">The number of candidates in the window.</param>
/// <param name="Models">The versions of the models that scored the window, by name.</param>
/// <param name="LedgerVersion">The version of the exposure ledger that bids read; 0 when no bids were asked for.</param>
/// <param name="LogSequence">The sequence of the user's log up to which private facts were read.</param>
/// <param name="PolicyName">The policy in force.</param>
/// <param name="PolicyVersion">Its version.</param>
/// <param name="Rules">What each rule came to, in the policy's order after <see cref="Rule.NotConsumed"/>.</param>
/// <param name="Outcome">How the negotiation ended.</param>
/// <param name="Result">The negotiation in numbers.</param>
/// <param name="TranscriptDigest">SHA-256 over the canonical transcript, in lower-case hexadecimal.</param>
/// <param name="Witnesses">The catalogue facts that the rules read, in the slate's order.</param>
/// <param name="KeyId">The key that signed.</param>
/// <param name="Signature">ECDSA P-256 over SHA-256 of the canonical form without this member: r and s in base64url.</param>
[GenerateSerializer, Immutable, Alias("agentrec.Certificate")]
public sealed record Certificate(
    [property: Id(0)] string Id,
    [property: Id(1)] string Tenant,
    [property: Id(2)] string SessionId,
    [property: Id(3)] int Turn,
    [property: Id(4)] string IssuedAt,
    [property: Id(5)] ImmutableArray<string> Slate,
    [property: Id(6)] int SlateSize,
    [property: Id(7)] string WindowDigest,
    [property: Id(8)] int WindowSize,
    [property: Id(9)] ImmutableSortedDictionary<string, string> Models,
    [property: Id(10)] long LedgerVersion,
    [property: Id(11)] long LogSequence,
    [property: Id(12)] string PolicyName,
    [property: Id(13)] int PolicyVersion,
    [property: Id(14)] ImmutableArray<CertifiedRule> Rules,
    [property: Id(15)] NegotiationOutcome Outcome,
    [property: Id(16)] CertifiedResult Result,
    [property: Id(17)] string TranscriptDigest,
    [property: Id(18)] ImmutableArray<Witness> Witnesses,
    [property: Id(19)] string KeyId,
    [property: Id(20)] string Signature);

/// <summary>The negotiation in numbers; utilities in millionths.</summary>
/// <param name="Protocol">The protocol's name.</param>
/// <param name="Short">True when fewer items than asked for could be shown.</param>
/// <param name="Rounds">Rounds used.</param>
/// <param name="OpeningUtility">U of the opening.</param>
/// <param name="Utility">U of the slate.</param>
/// <param name="BidCost">What bids cost the user: U of the optimum without bids minus U.</param>
/// <param name="LimitExceeded">By how much U falls short of the user's last limit; 0 unless arbitrated or relaxed.</param>
[GenerateSerializer, Immutable, Alias("agentrec.CertifiedResult")]
public sealed record CertifiedResult(
    [property: Id(0)] string Protocol,
    [property: Id(1)] bool Short,
    [property: Id(2)] int Rounds,
    [property: Id(3)] long OpeningUtility,
    [property: Id(4)] long Utility,
    [property: Id(5)] long BidCost,
    [property: Id(6)] long LimitExceeded)
{
    /// <summary>Agents that did not answer in time and for whom their last known offer stood in, in ordinal order.</summary>
    [Id(7)]
    public ImmutableArray<string> Absent { get; init; } = [];

    /// <summary>Equal by content.</summary>
    /// <param name="other">The other result.</param>
    public bool Equals(CertifiedResult? other) =>
        other is not null
        && string.Equals(Protocol, other.Protocol, StringComparison.Ordinal)
        && (Short, Rounds, OpeningUtility, Utility, BidCost, LimitExceeded)
            == (other.Short, other.Rounds, other.OpeningUtility, other.Utility, other.BidCost, other.LimitExceeded)
        && Absent.SequenceEqual(other.Absent, StringComparer.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(StableHash.Of(0, Protocol), Rounds, OpeningUtility, Utility, BidCost, LimitExceeded);
}

/// <summary>Whether anyone can recompute a rule's value, or only the cluster.</summary>
public enum RuleKind
{
    /// <summary>From the slate and the witnesses.</summary>
    Recomputable,

    /// <summary>From the user's log up to the named sequence.</summary>
    Attested,
}

/// <summary>What a rule came to.</summary>
public enum RuleVerdict
{
    /// <summary>The bound holds.</summary>
    Met,

    /// <summary>A hard rule that no slate could meet together with those of higher priority.</summary>
    Relaxed,

    /// <summary>A soft rule that was given up.</summary>
    Missed,
}

/// <summary>A rule's value beside its bound, in millionths.</summary>
/// <param name="Id">The rule's id.</param>
/// <param name="Kind">Who can recompute the value.</param>
/// <param name="Value">The value of the slate.</param>
/// <param name="AtLeast">The policy's lower bound.</param>
/// <param name="AtMost">The policy's upper bound.</param>
/// <param name="Verdict">What the rule came to.</param>
[GenerateSerializer, Immutable, Alias("agentrec.CertifiedRule")]
public sealed record CertifiedRule(
    [property: Id(0)] string Id,
    [property: Id(1)] RuleKind Kind,
    [property: Id(2)] long Value,
    [property: Id(3)] long? AtLeast,
    [property: Id(4)] long? AtMost,
    [property: Id(5)] RuleVerdict Verdict);

/// <summary>The catalogue facts of one item of a slate that the rules read.</summary>
/// <param name="ItemId">The item.</param>
/// <param name="Facets">The values by facet; a facet that the item lacks has none.</param>
[GenerateSerializer, Immutable, Alias("agentrec.Witness")]
public sealed record Witness(
    [property: Id(0)] string ItemId,
    [property: Id(1)] ImmutableSortedDictionary<string, ImmutableArray<string>> Facets);
