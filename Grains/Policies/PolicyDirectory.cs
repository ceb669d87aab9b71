using System.Collections.Concurrent;
using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Planning;
using AgentRec.Grains.Abstractions.Storage;
using AgentRec.Negotiation.Policies;

namespace AgentRec.Grains.Policies;

/// <summary>
/// The rule sets of a silo, read once and kept: a version never changes. Which version is the newest is kept too, and told by
/// the registry before it acknowledges a new one.
/// </summary>
/// <param name="store">The stored rule sets.</param>
internal sealed class PolicyDirectory(IPolicyStore store)
{
    private readonly ConcurrentDictionary<(string Tenant, string Name, int Version), RuleSet> _versions = new();
    private readonly ConcurrentDictionary<(string Tenant, string Name), int> _newest = new();

    /// <summary>Finds the newest version of a rule set.</summary>
    public async ValueTask<RuleSet?> FindNewestAsync(string tenant, string name, CancellationToken cancellationToken)
    {
        if (_newest.TryGetValue((tenant, name), out var version))
            return await FindAsync(tenant, name, version, cancellationToken);
        if (await store.GetAsync(tenant, name, null, cancellationToken) is not { } stored)
            return null;
        return Announce(tenant, stored);
    }

    /// <summary>Finds one version of a rule set.</summary>
    public async ValueTask<RuleSet?> FindAsync(string tenant, string name, int version, CancellationToken cancellationToken)
    {
        if (_versions.TryGetValue((tenant, name, version), out var known))
            return known;
        return await store.GetAsync(tenant, name, version, cancellationToken) is { } stored ? Keep(tenant, stored) : null;
    }

    /// <summary>The version that a turn was fixed to.</summary>
    /// <exception cref="InvalidOperationException">It does not exist, although versions are never deleted.</exception>
    public async ValueTask<RuleSet> RequireAsync(string tenant, PolicyReference policy, CancellationToken cancellationToken) =>
        await FindAsync(tenant, policy.Name, policy.Version, cancellationToken)
        ?? throw new InvalidOperationException($"Policy '{policy.Name}' version {policy.Version} is not in the registry: versions are never deleted, so the store is damaged.");

    /// <summary>Makes a stored version known, and the newest one if it is.</summary>
    public RuleSet Announce(string tenant, StoredPolicy stored)
    {
        var rules = Keep(tenant, stored);
        _newest.AddOrUpdate((tenant, stored.Name), stored.Version, (_, newest) => Math.Max(newest, stored.Version));
        return rules;
    }

    private RuleSet Keep(string tenant, StoredPolicy stored) =>
        _versions.GetOrAdd((tenant, stored.Name, stored.Version), static (_, stored) => Read(stored), stored);

    private static RuleSet Read(StoredPolicy stored)
    {
        var reading = RuleSetReader.ReadJson(stored.Content);
        return reading.RuleSet is { } rules
            ? rules with { Version = stored.Version }
            : throw new InvalidDataException(
                $"Policy '{stored.Name}' version {stored.Version} in the store is not readable: {string.Join("; ", reading.Errors.Select(error => $"{error.Path}: {error.Message}"))}");
    }
}
