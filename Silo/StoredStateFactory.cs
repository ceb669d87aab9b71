using Microsoft.Extensions.DependencyInjection;
using Orleans.Core;
using Orleans.Storage;

namespace AgentRec.Silo;

/// <summary>
/// Makes the state of agents, which is read where they wake up and at no time carried along: an agent that moves when its silo is drained
/// has been kept before, and who takes over believes the store alone.
/// </summary>
/// <remarks>In place of the runtime's own factory, whose states take part in migration and would have to be wire types for it.</remarks>
internal sealed class StoredStateFactory : IPersistentStateFactory
{
    public IPersistentState<TState> Create<TState>(IGrainContext context, IPersistentStateConfiguration configuration)
    {
        var services = context.ActivationServices;
        var storage = string.IsNullOrEmpty(configuration.StorageName)
            ? services.GetRequiredService<IGrainStorage>()
            : services.GetRequiredKeyedService<IGrainStorage>(configuration.StorageName);
        var state = new StoredState<TState>(configuration.StateName, context, storage);
        context.ObservableLifecycle.Subscribe(nameof(StoredStateFactory), GrainLifecycleStage.SetupState, _ => state.ReadStateAsync());
        return state;
    }

    private sealed class StoredState<TState>(string name, IGrainContext context, IGrainStorage storage)
        : StateStorageBridge<TState>(name, context, storage), IPersistentState<TState>;
}
