namespace AgentRec.Tests.Cluster.LanguageModels;

/// <summary>A silo with a language model that answers as a test wants.</summary>
public abstract class ModelledSilo : IAsyncLifetime
{
    internal StubModel Model { get; private set; } = null!;

    internal SiloFixture Silo { get; } = new();

    public async Task InitializeAsync()
    {
        Model = await StubModel.StartAsync();
        foreach (var (setting, value) in AdvisedSilo.Settings(Model))
            Silo.Settings[setting] = value;
        Prepare(Silo);
        await Silo.InitializeAsync();
    }

    public virtual async Task DisposeAsync()
    {
        await Silo.DisposeAsync();
        await Model.DisposeAsync();
    }

    /// <summary>Sets what this silo has beside its model.</summary>
    private protected abstract void Prepare(SiloFixture silo);
}
