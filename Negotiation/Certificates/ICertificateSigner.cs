using System.Collections.Immutable;
using AgentRec.Domain;

namespace AgentRec.Negotiation.Certificates;

/// <summary>Holds the key that signs certificates.</summary>
public interface ICertificateSigner
{
    /// <summary>The id of the key that signs now.</summary>
    string KeyId { get; }

    /// <summary>The public keys of this signer, the present one and those it signed with before.</summary>
    ImmutableArray<VerificationKey> PublicKeys { get; }

    /// <summary>Signs bytes.</summary>
    /// <param name="data">What is signed.</param>
    /// <returns>r and s, 32 bytes each, in base64url without padding; s in the lower half of the order.</returns>
    string Sign(ReadOnlySpan<byte> data);
}
