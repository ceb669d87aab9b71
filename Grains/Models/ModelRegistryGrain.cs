using AgentRec.Grains.Abstractions.Models;
using AgentRec.Grains.Abstractions.Storage;
using AgentRec.Grains.Operations;
using AgentRec.Grains.Tenants;
using AgentRec.Recommenders.Artifacts;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;

namespace AgentRec.Grains.Models;

/// <inheritdoc cref="IModelRegistryGrain"/>
[GrainType("model-registry"), StatelessWorker]
internal sealed class ModelRegistryGrain(
    TenantServing tenant, IArtifactRegistry registry, IOptions<ModelOptions> options, ILocalSiloDetails silo, ISiloStatusOracle cluster, SiloProbes probes)
    : Grain, IModelRegistryGrain
{
    private string Tenant => tenant.Name;

    public async Task<ModelsView> List()
    {
        var others = cluster.GetApproximateSiloStatuses(onlyActive: true).Keys.Where(address => !address.Equals(silo.SiloAddress));
        var answers = Task.WhenAll(others.Select(address => probes.AskAsync(Tenant, address, static probe => probe.DescribeModel())));
        var view = await ModelViews.ReadAsync(registry, Tenant, options.Value.GreatestLoss, [tenant.Models.State(silo.Name)], CancellationToken.None);
        return view with
        {
            Silos = [.. view.Silos.Concat((await answers).OfType<SiloModel>()).OrderBy(static one => one.Silo, StringComparer.Ordinal)],
        };
    }

    public async Task<ModelActivationOutcome> Activate(string version, bool force)
    {
        LoadedModel? loaded = null;
        var outcome = await new ModelActivator(registry, options.Value.GreatestLoss).ActivateAsync(Tenant, version, force, isNew: false, FaultAsync, CancellationToken.None);
        if (!outcome.IsActive)
            return outcome;
        // A model that is active already may be one that this silo could not load: what was repaired since is tried again.
        await tenant.Models.FollowAsync(loaded, CancellationToken.None);
        return tenant.Models.Failure is { } failure && string.Equals(failure.Version, version, StringComparison.Ordinal)
            ? new ModelActivationOutcome(ModelActivationStatus.Unusable, version, null, failure.Reason)
            : outcome;

        async Task<string?> FaultAsync(ModelArtifactEntry entry)
        {
            try
            {
                loaded = await tenant.Models.LoadAsync(entry);
                return null;
            }
            catch (ArtifactException exception)
            {
                return exception.Message;
            }
        }
    }
}
