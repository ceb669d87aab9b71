namespace AgentRec.Tests.Cluster.LanguageModels;

/// <summary>A silo whose language model speaks for the user and for items.</summary>
public sealed class AdvocatedSilo : IAsyncLifetime
{
    internal StubModel Model { get; private set; } = null!;

    internal SiloFixture Silo { get; } = new();

    public async Task InitializeAsync()
    {
        Model = await StubModel.StartAsync();
        foreach (var (setting, value) in AdvisedSilo.Settings(Model))
            Silo.Settings[setting] = value;
        Silo.Settings["Advocates:SpeakFor"] = "Both";
        Silo.Settings["Language:TurnMilliseconds"] = "3000";
        await Silo.InitializeAsync();
    }

    public async Task DisposeAsync()
    {
        await Silo.DisposeAsync();
        await Model.DisposeAsync();
    }
}
