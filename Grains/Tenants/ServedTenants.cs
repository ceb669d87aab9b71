using System.Collections.Concurrent;

namespace AgentRec.Grains.Tenants;

/// <summary>The tenants of which a silo holds something. What it holds of them together is bounded where it is kept: scores, standing bids.</summary>
/// <param name="make">Makes what a silo holds of a tenant, empty.</param>
internal sealed class ServedTenants(Func<string, TenantServing> make) : IDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<TenantServing>> _tenants = new(StringComparer.Ordinal);

    /// <summary>All, by name.</summary>
    public IReadOnlyList<TenantServing> All => [.. _tenants.Values.Select(tenant => tenant.Value).OrderBy(tenant => tenant.Name, StringComparer.Ordinal)];

    /// <summary>What the silo holds of a tenant; the same for as long as the silo lives.</summary>
    /// <param name="tenant">The tenant.</param>
    public TenantServing Of(string tenant) => _tenants.TryGetValue(tenant, out var known)
        ? known.Value
        : _tenants.GetOrAdd(tenant, name => new Lazy<TenantServing>(() => make(name))).Value;

    public void Dispose()
    {
        foreach (var tenant in All)
            tenant.Close();
    }
}
