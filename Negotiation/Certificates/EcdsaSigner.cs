using System.Buffers.Text;
using System.Collections.Immutable;
using System.Security.Cryptography;
using AgentRec.Domain;

namespace AgentRec.Negotiation.Certificates;

/// <summary>Signs with ECDSA on P-256 and SHA-256, in the fixed-length form r||s with s in the lower half of the order.</summary>
public sealed class EcdsaSigner : ICertificateSigner, IDisposable
{
    private readonly ECDsa _key;

    private EcdsaSigner(ECDsa key, ImmutableArray<VerificationKey> earlier)
    {
        _key = key;
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        var x = Base64Url.EncodeToString(point.X);
        var y = Base64Url.EncodeToString(point.Y);
        // The id is the key's own digest, so that two keys never share one.
        KeyId = CanonicalJson.Digest($"{x}.{y}")[..16];
        PublicKeys = [new VerificationKey(KeyId, "ES256", x, y), .. earlier.IsDefault ? [] : earlier.Where(old => !string.Equals(old.KeyId, KeyId, StringComparison.Ordinal))];
    }

    /// <inheritdoc/>
    public string KeyId { get; }

    /// <inheritdoc/>
    public ImmutableArray<VerificationKey> PublicKeys { get; }

    /// <summary>Makes a signer with a new key.</summary>
    public static EcdsaSigner Create() => new(ECDsa.Create(ECCurve.NamedCurves.nistP256), []);

    /// <summary>Restores a signer from what <see cref="ExportPrivateKey"/> gave.</summary>
    /// <param name="pkcs8">A private key in PKCS#8 form.</param>
    /// <param name="earlier">Public keys that it signed with before.</param>
    /// <exception cref="CryptographicException">It is no private key on P-256.</exception>
    public static EcdsaSigner Import(ReadOnlySpan<byte> pkcs8, ImmutableArray<VerificationKey> earlier = default)
    {
        var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(pkcs8, out _);
        return string.Equals(key.ExportParameters(includePrivateParameters: false).Curve.Oid.Value, ECCurve.NamedCurves.nistP256.Oid.Value, StringComparison.Ordinal)
            ? new EcdsaSigner(key, earlier)
            : throw new CryptographicException("The private key is not one on the curve P-256: remove it and a new one is made.");
    }

    /// <summary>The private key in PKCS#8 form. Whoever holds it can sign: keep it where only the node reads it.</summary>
    public byte[] ExportPrivateKey() => _key.ExportPkcs8PrivateKey();

    /// <inheritdoc/>
    public string Sign(ReadOnlySpan<byte> data)
    {
        var signature = _key.SignData(data.ToArray(), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        EcdsaVerifier.ToLowerHalf(signature);
        return Base64Url.EncodeToString(signature);
    }

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();
}
