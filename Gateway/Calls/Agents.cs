using AgentRec.Gateway.Access;
using AgentRec.Grains.Abstractions.Erasure;
using AgentRec.Grains.Abstractions.Items;
using AgentRec.Grains.Abstractions.Keys;
using AgentRec.Grains.Abstractions.Models;
using AgentRec.Grains.Abstractions.Policies;
using AgentRec.Grains.Abstractions.Sessions;
using AgentRec.Grains.Abstractions.Users;

namespace AgentRec.Gateway.Calls;

/// <summary>Finds the agents of the caller's tenant.</summary>
/// <param name="grains">The cluster.</param>
/// <param name="current">Who calls.</param>
internal sealed class Agents(IGrainFactory grains, CurrentCaller current)
{
    /// <summary>Any policy agent verifies and finds certificates, whatever policy they name; this one is asked.</summary>
    private const string Verifier = "default";

    // Read at the first use and not before: services may be made before the caller is known.
    private string Tenant => current.Caller.Tenant;

    /// <summary>The policy agent that verifies and finds certificates.</summary>
    public IPolicyAgent Certifier => grains.GetGrain<IPolicyAgent>(GrainKey.Policy(Tenant, Verifier));

    /// <summary>Who erases users.</summary>
    public IErasureGrain Erasure => grains.GetGrain<IErasureGrain>(GrainKey.Tenant(Tenant));

    /// <summary>The registry of rule sets.</summary>
    public IPolicyRegistryGrain Policies => grains.GetGrain<IPolicyRegistryGrain>(GrainKey.Tenant(Tenant));

    /// <summary>The registry of models.</summary>
    public IModelRegistryGrain Models => grains.GetGrain<IModelRegistryGrain>(GrainKey.Tenant(Tenant));

    /// <summary>The catalogue's writer.</summary>
    public ICatalogueGrain Catalogue => grains.GetGrain<ICatalogueGrain>(GrainKey.Tenant(Tenant));

    /// <summary>A session.</summary>
    /// <param name="id">The session.</param>
    public ISessionGrain Session(string id) => grains.GetGrain<ISessionGrain>(GrainKey.Session(Tenant, id));

    /// <summary>A user's agent.</summary>
    /// <param name="id">The user.</param>
    public IUserAgent User(string id) => grains.GetGrain<IUserAgent>(GrainKey.User(Tenant, id));

    /// <summary>Who tells users what is remembered of them.</summary>
    public IMemoryNarrator Narrator => grains.GetGrain<IMemoryNarrator>(GrainKey.Tenant(Tenant));

    /// <summary>An item's agent.</summary>
    /// <param name="id">The item.</param>
    public IItemAgent Item(string id) => grains.GetGrain<IItemAgent>(GrainKey.Item(Tenant, id));
}
