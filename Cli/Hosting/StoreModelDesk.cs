using AgentRec.Grains.Abstractions.Models;
using AgentRec.Silo.Models;
using AgentRec.Storage;

namespace AgentRec.Cli.Hosting;

/// <summary>The models of a store.</summary>
internal sealed class StoreModelDesk : IModelDesk
{
    private readonly Store _store;

    private StoreModelDesk(Store store) => _store = store;

    /// <summary>Opens a store.</summary>
    /// <param name="place">What <c>--store</c> names.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<StoreModelDesk> OpenAsync(string place, CancellationToken cancellationToken)
    {
        try
        {
            return new StoreModelDesk(await StorePlace.OpenExistingAsync(place, cancellationToken));
        }
        catch (StoreInUseException inUse)
        {
            throw new CommandFailure($"{inUse.Message} Where a node runs on it, name the node instead: --url http://127.0.0.1:5080.");
        }
    }

    public Task<ModelsView> ListAsync(CancellationToken cancellationToken) => Models(force: false).ListAsync(cancellationToken);

    public async Task<ModelActivationOutcome> ActivateAsync(string version, bool force, CancellationToken cancellationToken)
    {
        var outcome = await Models(force).ActivateAsync(version, cancellationToken);
        return outcome.IsActive
            ? outcome
            : throw new CommandFailure(outcome.Status is ModelActivationStatus.Refused ? $"{outcome.Reason} --force activates it all the same." : outcome.Reason!);
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    private StoreModels Models(bool force) => new(_store, ModelTerms.Read(force));
}
