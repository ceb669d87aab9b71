using System.Collections.Immutable;
using System.Security.Cryptography;
using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Storage;
using AgentRec.Negotiation.Certificates;
using Microsoft.Extensions.DependencyInjection;

namespace AgentRec.Grains.Policies;

/// <summary>
/// The keys of the store, which all silos share: the newest signs, all verify. A store without a key gets one. What was read is
/// read again after a while, so that a new key is taken up, and at once where somebody names a key that is not known.
/// </summary>
/// <param name="store">The stored keys.</param>
/// <param name="time">The domain's clock, for when a key was made.</param>
/// <param name="machine">The machine's clock, for how old a reading is.</param>
internal sealed class SigningKeys(ICertificateStore store, [FromKeyedServices(DomainTime.Key)] TimeProvider time, TimeProvider machine) : IDisposable
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);

    // Anybody may name keys that do not exist.
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _one = new(1);
    private readonly List<EcdsaSigner> _signers = [];
    private volatile Reading? _reading;

    private Reading Current => _reading ?? throw new InvalidOperationException("The signing keys are not loaded: the silo loads them before it is active.");

    /// <summary>All public keys, as they were read last.</summary>
    public ImmutableArray<VerificationKey> All => [.. Current.Keys.Values.OrderBy(key => key.KeyId, StringComparer.Ordinal)];

    /// <summary>Finds a public key among those that were read.</summary>
    public VerificationKey? Find(string keyId) => Current.Keys.GetValueOrDefault(keyId);

    /// <summary>Makes a new key.</summary>
    /// <param name="at">The moment.</param>
    public static SigningKey Make(DateTimeOffset at)
    {
        using var created = EcdsaSigner.Create();
        using var pair = ECDsa.Create();
        pair.ImportPkcs8PrivateKey(created.ExportPrivateKey(), out _);
        return new SigningKey(created.KeyId, created.ExportPrivateKey(), pair.ExportSubjectPublicKeyInfo(), at);
    }

    /// <summary>Loads the keys, and makes the first where there is none.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        if ((await store.ReadKeysAsync(cancellationToken)).Count == 0)
        {
            await store.AddFirstKeyAsync(Make(time.GetUtcNow()), cancellationToken);
        }
        await ReadAsync(TimeSpan.Zero, cancellationToken);
    }

    /// <summary>What signs new certificates.</summary>
    public async ValueTask<ICertificateSigner> SignerAsync(CancellationToken cancellationToken)
    {
        await ReadAsync(Fresh, cancellationToken);
        return Current.Signer;
    }

    /// <summary>Makes sure that a key is known if the store has it.</summary>
    /// <param name="keyId">The key that somebody named; null: every key.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async ValueTask LearnAsync(string? keyId, CancellationToken cancellationToken)
    {
        if (keyId is null || Find(keyId) is null)
            await ReadAsync(Between, cancellationToken);
    }

    public void Dispose()
    {
        _signers.ForEach(signer => signer.Dispose());
        _one.Dispose();
    }

    private async ValueTask ReadAsync(TimeSpan unlessYounger, CancellationToken cancellationToken)
    {
        if (IsYounger(unlessYounger))
            return;
        await _one.WaitAsync(cancellationToken);
        try
        {
            if (IsYounger(unlessYounger))
                return;
            var asked = machine.GetTimestamp();
            ImmutableArray<VerificationKey> known = [];
            EcdsaSigner? newest = null;
            foreach (var key in await store.ReadKeysAsync(cancellationToken))
            {
                // A signer may be at work: it lives as long as this.
                newest = _signers.Find(signer => string.Equals(signer.KeyId, key.KeyId, StringComparison.Ordinal));
                if (newest is null)
                    _signers.Add(newest = EcdsaSigner.Import(key.PrivateKey));
                known = [.. known, .. newest.PublicKeys];
            }
            _reading = new Reading(
                newest ?? throw new InvalidOperationException("The store has lost its signing keys."), known.ToImmutableDictionary(key => key.KeyId, StringComparer.Ordinal), asked);
        }
        finally
        {
            _one.Release();
        }
    }

    private bool IsYounger(TimeSpan age) => _reading is { } reading && machine.GetElapsedTime(reading.Asked) < age;

    /// <summary>The keys at one moment.</summary>
    private sealed record Reading(EcdsaSigner Signer, ImmutableDictionary<string, VerificationKey> Keys, long Asked);
}
