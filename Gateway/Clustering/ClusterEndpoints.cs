using AgentRec.Domain;
using AgentRec.Gateway.Calls;
using AgentRec.Gateway.Documentation;
using AgentRec.Grains.Abstractions.Keys;
using AgentRec.Grains.Abstractions.Operations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace AgentRec.Gateway.Clustering;

/// <summary>Shows the silos of the cluster.</summary>
internal static class ClusterEndpoints
{
    /// <summary>Adds the calls.</summary>
    /// <param name="api">Where to.</param>
    public static void MapCluster(this IEndpointRouteBuilder api) =>
        api.MapGet("/cluster", Describe).Describe("getCluster", "Cluster", "Show the silos, what each serves, and where agents live")
            .Explain("For admins of the tenant `default`, whose the cluster is. Every silo is asked itself. One that does not answer within .75 seconds has no `report`; one whose `report` has nothing `missing` is ready. `activations` counts agents by kind.")
            .Refuses();

    // Silos are the whole cluster's, not a tenant's.
    private static async Task<Ok<ClusterReport>> Describe(IGrainFactory grains, Repetition repetition, CancellationToken cancellationToken) =>
        TypedResults.Ok(await repetition.Repeat(() => grains.GetGrain<IClusterStatusGrain>(GrainKey.Tenant(Identifier.DefaultTenant)).Describe(), cancellationToken));
}
