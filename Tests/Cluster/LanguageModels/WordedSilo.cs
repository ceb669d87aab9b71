namespace AgentRec.Tests.Cluster.LanguageModels;

/// <summary>A silo whose language model is to put reasons and memories into words.</summary>
public sealed class WordedSilo : IAsyncLifetime
{
    internal StubModel Model { get; private set; } = null!;

    internal SiloFixture Silo { get; } = new();

    public async Task InitializeAsync()
    {
        Model = await StubModel.StartAsync();
        foreach (var (setting, value) in AdvisedSilo.Settings(Model))
            Silo.Settings[setting] = value;
        Silo.Settings["Reasons:Worded"] = "true";
        Silo.Settings["Memory:Summarised"] = "true";
        Silo.Settings["Language:TurnMilliseconds"] = "3000";
        await Silo.InitializeAsync();
    }

    public async Task DisposeAsync()
    {
        await Silo.DisposeAsync();
        await Model.DisposeAsync();
    }
}
