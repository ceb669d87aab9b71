using System.Collections.Concurrent;
using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Planning;
using AgentRec.Grains.Abstractions.Storage;
using AgentRec.Negotiation.Policies;

namespace AgentRec.Grains.Policies;

/// <summary>
/// The rule sets of a silo, read once and kept: a version never changes. Which version is the newest is believed for a while
/// only, and the registry acknowledges a new one when that while has passed: from then on every silo uses it, whether or not it
/// could be told.
/// </summary>
/// <param name="store">The stored rule sets.</param>
/// <param name="lease">How long a silo believes what it read.</param>
/// <param name="time">The machine's clock, for its pace alone.</param>
internal sealed class PolicyDirectory(IPolicyStore store, PolicyLease lease, TimeProvider time)
{
    private readonly ConcurrentDictionary<(string Tenant, string Name, int Version), RuleSet> _versions = new();
    private readonly ConcurrentDictionary<(string Tenant, string Name), Newest> _newest = new();

    /// <summary>Finds the newest version of a rule set.</summary>
    public async ValueTask<RuleSet?> FindNewestAsync(string tenant, string name, CancellationToken cancellationToken)
    {
        if (_newest.TryGetValue((tenant, name), out var newest) && lease.Holds(time.GetElapsedTime(newest.Asked)))
            return await FindAsync(tenant, name, newest.Version, cancellationToken);
        var asked = time.GetTimestamp();
        return await store.GetAsync(tenant, name, null, cancellationToken) is { } stored ? Believe(tenant, stored, asked) : null;
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

    /// <summary>Makes a stored version known, and waits until every silo uses it or a newer one.</summary>
    public async Task AnnounceAsync(string tenant, StoredPolicy stored)
    {
        Believe(tenant, stored, time.GetTimestamp());
        if (lease.Wait is { } wait)
            await Task.Delay(wait, time);
    }

    private RuleSet Believe(string tenant, StoredPolicy stored, long asked)
    {
        var rules = Keep(tenant, stored);
        _newest.AddOrUpdate(
            (tenant, stored.Name),
            new Newest(stored.Version, asked),
            (_, known) => new Newest(Math.Max(known.Version, stored.Version), Math.Max(known.Asked, asked)));
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

    /// <summary>A version with the moment before the store was asked for it.</summary>
    private readonly record struct Newest(int Version, long Asked);
}
