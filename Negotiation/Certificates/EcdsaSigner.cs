using System.Collections.Immutable;
using System.Security.Cryptography;
using AgentRec.Domain;

namespace AgentRec.Negotiation.Certificates;

/// <summary>Signs with ECDSA on P-256 and SHA-256, in the fixed-length form r||s with s in the lower half of the order.</summary>
public sealed class EcdsaSigner : ICertificateSigner, IDisposable
{
    private readonly ECDsa _key;

    private EcdsaSigner(ECDsa key)
    {
        _key = key;
        KeyId = "";
        PublicKeys = [];
    }

    /// <inheritdoc/>
    public string KeyId { get; }

    /// <inheritdoc/>
    public ImmutableArray<VerificationKey> PublicKeys { get; }

    /// <summary>Makes a signer with a new key.</summary>
    public static EcdsaSigner Create() => new(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    /// <summary>Restores a signer from what <see cref="ExportPrivateKey"/> gave.</summary>
    /// <param name="pkcs8">A private key in PKCS#8 form.</param>
    /// <param name="earlier">Public keys that it signed with before.</param>
    /// <exception cref="CryptographicException">It is no private key on P-256.</exception>
    public static EcdsaSigner Import(ReadOnlySpan<byte> pkcs8, ImmutableArray<VerificationKey> earlier = default)
    {
        var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(pkcs8, out _);
        return new EcdsaSigner(key);
    }

    /// <summary>The private key in PKCS#8 form. Whoever holds it can sign: keep it where only the node reads it.</summary>
    public byte[] ExportPrivateKey() => _key.ExportPkcs8PrivateKey();

    /// <inheritdoc/>
    public string Sign(ReadOnlySpan<byte> data) => Convert.ToBase64String(_key.SignData(data, HashAlgorithmName.SHA256));

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();
}
