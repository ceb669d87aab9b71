using System.Collections.Concurrent;
using System.Collections.Immutable;
using AgentRec.Grains.Abstractions.Access;

namespace AgentRec.Tests.Contract;

/// <summary>Access keys in memory, and how often they were asked for.</summary>
internal sealed class FakeAccessKeys
{
    public static readonly DateTimeOffset Made = new(2024, 5, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly ConcurrentDictionary<string, StoredAccessKey> keys = new(StringComparer.Ordinal);
    private int found;

    /// <summary>What looking for a key throws; null: nothing.</summary>
    public Exception? Fault { get; set; }

    /// <summary>What an answer waits for, as behind a silo that hangs; null: nothing.</summary>
    public Task? Held { get; set; }

    /// <summary>How often a key was looked for.</summary>
    public int Finds => found;

    /// <summary>Makes a key, as an operator would on the store.</summary>
    public AccessSecret Make(AccessScopes scopes, string tenant, DateTimeOffset? expiresAt = null)
    {
        var secret = AccessSecret.Create();
        keys[secret.Id] = new StoredAccessKey(new AccessKey(secret.Id, "made", tenant, scopes, Made, expiresAt, null), secret.Digest);
        return secret;
    }

    public async Task<StoredAccessKey?> Find(string id)
    {
        Interlocked.Increment(ref found);
        await (Held ?? Task.CompletedTask);
        return Fault is null ? keys.GetValueOrDefault(id) : throw Fault;
    }

    public Task Add(StoredAccessKey key)
    {
        keys.TryAdd(key.Key.Id, key);
        return Task.CompletedTask;
    }

    public Task<ImmutableArray<AccessKey>> List(string? tenant) =>
        Task.FromResult(keys.Values.Select(stored => stored.Key).Where(key => tenant is null || key.Tenant == tenant).OrderBy(key => key.Id, StringComparer.Ordinal).ToImmutableArray());

    public Task<AccessKey?> Revoke(string id, string? tenant)
    {
        if (!keys.TryGetValue(id, out var stored) || (tenant is not null && stored.Key.Tenant != tenant))
            return Task.FromResult<AccessKey?>(null);
        keys[id] = stored with { Key = stored.Key with { RevokedAt = Made } };
        return Task.FromResult<AccessKey?>(keys[id].Key);
    }

    public async Task<bool> Exist()
    {
        await (Held ?? Task.CompletedTask);
        return Fault is null ? !keys.IsEmpty : throw Fault;
    }
}
