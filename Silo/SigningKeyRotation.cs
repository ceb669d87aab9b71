using AgentRec.Grains.Policies;
using AgentRec.Storage;

namespace AgentRec.Silo;

/// <summary>Gives a store a new key to sign certificates with. Nothing is signed with older ones any more, and all stay to verify by.</summary>
public static class SigningKeyRotation
{
    /// <summary>Adds the key.</summary>
    /// <param name="store">The store.</param>
    /// <param name="clock">The domain's clock.</param>
    /// <param name="cancellationToken">Gives up; the key may be there all the same.</param>
    /// <returns>The new key's id.</returns>
    public static async Task<string> RunAsync(Store store, TimeProvider clock, CancellationToken cancellationToken)
    {
        var key = SigningKeys.Make(clock.GetUtcNow());
        await store.Certificates.AddKeyAsync(key, cancellationToken);
        return key.KeyId;
    }
}
