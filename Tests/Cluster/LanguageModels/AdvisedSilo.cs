namespace AgentRec.Tests.Cluster.LanguageModels;

/// <summary>A silo with a language model that answers as a test wants, and everything it logs.</summary>
public sealed class AdvisedSilo : IAsyncLifetime
{
    public const string Key = "sk-a-key-that-nobody-may-see";

    public const int TurnMilliseconds = 10_000;

    internal StubModel Model { get; private set; } = null!;

    internal SiloFixture Silo { get; } = new();

    internal LogBook Logs { get; } = new();

    public async Task InitializeAsync()
    {
        Model = await StubModel.StartAsync();
        Silo.Logs = Logs;
        foreach (var (setting, value) in Settings(Model))
            Silo.Settings[setting] = value;
        await Silo.InitializeAsync();
    }

    internal static Dictionary<string, string?> Settings(StubModel model) => new(StringComparer.Ordinal)
    {
        ["Language:Endpoint"] = model.Endpoint.ToString(),
        ["Language:Model"] = "stub",
        ["Language:ApiKey"] = Key,
        ["Silo:ResponseSeconds"] = "30",
        ["Language:TurnMilliseconds"] = $"{TurnMilliseconds}",
        ["Tools:Language:Limits:BreakAfterCalls"] = "10000",
    };

    public async Task DisposeAsync()
    {
        await Silo.DisposeAsync();
        await Model.DisposeAsync();
        Logs.Dispose();
    }
}
