using System.Collections.Immutable;
using System.Security.Cryptography;
using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Storage;
using AgentRec.Negotiation.Certificates;

namespace AgentRec.Grains.Policies;

/// <summary>The keys of the store: the newest signs, all verify. A store without a key gets one.</summary>
internal sealed class SigningKeys : IDisposable
{
    private EcdsaSigner? _signer;
    private ImmutableDictionary<string, VerificationKey> _keys = ImmutableDictionary<string, VerificationKey>.Empty;

    /// <summary>Signs new certificates.</summary>
    /// <exception cref="InvalidOperationException">The keys are not loaded yet.</exception>
    public ICertificateSigner Signer => _signer ?? throw new InvalidOperationException("The signing keys are not loaded: the silo loads them before it is active.");

    /// <summary>All public keys.</summary>
    public ImmutableArray<VerificationKey> All => [.. _keys.Values.OrderBy(key => key.KeyId, StringComparer.Ordinal)];

    /// <summary>Finds a public key.</summary>
    public VerificationKey? Find(string keyId) => _keys.GetValueOrDefault(keyId);

    /// <summary>Loads the keys of a store.</summary>
    public async Task LoadAsync(ICertificateStore store, TimeProvider time, CancellationToken cancellationToken)
    {
        var stored = await store.ReadKeysAsync(cancellationToken);
        if (stored.Count == 0)
        {
            using var created = EcdsaSigner.Create();
            using var pair = ECDsa.Create();
            pair.ImportPkcs8PrivateKey(created.ExportPrivateKey(), out _);
            await store.AddFirstKeyAsync(
                new SigningKey(created.KeyId, created.ExportPrivateKey(), pair.ExportSubjectPublicKeyInfo(), time.GetUtcNow()), cancellationToken);
            stored = await store.ReadKeysAsync(cancellationToken);
        }

        ImmutableArray<VerificationKey> known = [];
        foreach (var key in stored)
        {
            _signer?.Dispose();
            _signer = EcdsaSigner.Import(key.PrivateKey, known);
            known = _signer.PublicKeys;
        }
        _keys = known.ToImmutableDictionary(key => key.KeyId, StringComparer.Ordinal);
    }

    public void Dispose() => _signer?.Dispose();
}
