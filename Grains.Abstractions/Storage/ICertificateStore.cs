namespace AgentRec.Grains.Abstractions.Storage;

/// <summary>Issued certificates, their windows, and the keys that sign them.</summary>
public interface ICertificateStore
{
    /// <summary>Reads a certificate.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="certificateId">The certificate's id.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>Its canonical JSON, or null when there is no such certificate.</returns>
    ValueTask<string?> GetAsync(string tenant, string certificateId, CancellationToken cancellationToken);

    /// <summary>Reads the candidate window that a certificate's slate was chosen from.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="certificateId">The certificate's id.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>The window as JSON, or null when there is none or it is no longer kept.</returns>
    ValueTask<string?> GetWindowAsync(string tenant, string certificateId, CancellationToken cancellationToken);

    /// <summary>Finds whose slate a certificate vouches for, so that private facts can be read again.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="certificateId">The certificate's id.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>The user's id, or null when there is no such certificate.</returns>
    ValueTask<string?> GetUserAsync(string tenant, string certificateId, CancellationToken cancellationToken);

    /// <summary>Lists the newest certificates whose windows are still kept.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>Their ids, the newest first.</returns>
    ValueTask<IReadOnlyList<string>> ListRecentAsync(string tenant, int limit, CancellationToken cancellationToken);

    /// <summary>Reads all signing keys, the newest last.</summary>
    /// <param name="cancellationToken">Stops reading.</param>
    ValueTask<IReadOnlyList<SigningKey>> ReadKeysAsync(CancellationToken cancellationToken);

    /// <summary>Stores a signing key, durably; a key id that exists is left as it is.</summary>
    /// <param name="key">The key.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    ValueTask AddKeyAsync(SigningKey key, CancellationToken cancellationToken);

    /// <summary>Stores a signing key, durably, where there is none yet: of several silos that start on an empty store one brings the key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    ValueTask AddFirstKeyAsync(SigningKey key, CancellationToken cancellationToken);
}

/// <summary>A key pair that signs certificates.</summary>
/// <param name="KeyId">The id that certificates name.</param>
/// <param name="PrivateKey">PKCS #8, DER.</param>
/// <param name="PublicKey">SubjectPublicKeyInfo, DER.</param>
/// <param name="CreatedAt">When it was made.</param>
public sealed record SigningKey(string KeyId, byte[] PrivateKey, byte[] PublicKey, DateTimeOffset CreatedAt)
{
    /// <summary>The id alone: a key must never reach a log.</summary>
    public override string ToString() => $"SigningKey {KeyId}";
}
