using AgentRec.Grains.Abstractions.Keys;
using AgentRec.Grains.Abstractions.Storage;
using AgentRec.Grains.Erasure;
using AgentRec.Grains.Items;
using AgentRec.Grains.Models;
using AgentRec.Grains.Planning.Mixes;
using AgentRec.Grains.Serving;
using AgentRec.Grains.Tenants;
using AgentRec.Grains.Vectors;
using Microsoft.Extensions.DependencyInjection;

namespace AgentRec.Silo.Tenants;

/// <summary>Adds to a silo what it holds of tenants.</summary>
internal static class TenantHosting
{
    /// <summary>Adds the tenants, what opens them, and that grains are given their own.</summary>
    /// <param name="services">The host's services.</param>
    public static void AddTenants(this IServiceCollection services)
    {
        services.AddSingleton(provider => new ServedTenants(tenant => Make(provider, tenant)));
        services.AddSingleton<TenantOpening>();
        services.AddSingleton<TenantReadiness>();
        services.AddTransient(OfGrain);
    }

    private static TenantServing Make(IServiceProvider services, string tenant)
    {
        var (scores, registry) = (services.GetRequiredService<ScoringService>(), services.GetRequiredService<IArtifactRegistry>());
        var grains = services.GetRequiredService<IGrainFactory>();
        var serving = new ServingHost(tenant, services.GetRequiredService<EmbeddedVectorIndex>(), scores);
        var mixes = ActivatorUtilities.CreateInstance<MixChooser>(services);
        return new TenantServing(
            serving,
            new CatalogueNewsReader(services.GetRequiredService<ICatalogueStore>(), serving),
            ActivatorUtilities.CreateInstance<ModelSwitch>(services, serving),
            new SiloExposures(tenant, grains),
            mixes,
            new ErasedUsersWatch(tenant, services.GetRequiredService<IErasureStore>(), registry, scores, mixes, grains));
    }

    /// <summary>What a grain is given that is being made: that of its key's tenant, which is opened before the grain wakes up.</summary>
    private static TenantServing OfGrain(IServiceProvider services)
    {
        var grain = services.GetRequiredService<IGrainContextAccessor>().GrainContext
            ?? throw new InvalidOperationException($"Only a grain has a tenant: everybody else asks {nameof(ServedTenants)} for one.");
        var tenant = services.GetRequiredService<ServedTenants>().Of(GrainKey.Parse(grain.GrainId.Key.ToString()!).Tenant);
        if (!tenant.IsOpen)
        {
            var opening = services.GetRequiredService<TenantOpening>();
            grain.ObservableLifecycle.Subscribe(nameof(TenantServing), GrainLifecycleStage.First, cancellationToken => opening.OpenAsync(tenant, cancellationToken));
        }
        return tenant;
    }
}
