using AgentRec.Grains.Abstractions.Models;
using AgentRec.Silo.Models;
using AgentRec.Storage;

namespace AgentRec.Cli.Hosting;

/// <summary>The models of a store.</summary>
/// <param name="store">The store, which is closed with the desk.</param>
/// <param name="tenant">Whose models they are.</param>
internal sealed class StoreModelDesk(Store store, string tenant) : IModelDesk
{
    public Task<ModelsView> ListAsync(CancellationToken cancellationToken) => Models(force: false).ListAsync(cancellationToken);

    public async Task<ModelActivationOutcome> ActivateAsync(string version, bool force, CancellationToken cancellationToken)
    {
        var outcome = await Models(force).ActivateAsync(version, cancellationToken);
        return outcome.IsActive
            ? outcome
            : throw new CommandFailure(outcome.Status is ModelActivationStatus.Refused ? $"{outcome.Reason} --force activates it all the same." : outcome.Reason!);
    }

    public ValueTask DisposeAsync() => store.DisposeAsync();

    private StoreModels Models(bool force) => new(store, tenant, ModelTerms.Read(force));
}
