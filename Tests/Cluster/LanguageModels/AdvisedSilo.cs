namespace AgentRec.Tests.Cluster.LanguageModels;

/// <summary>A silo with a language model that answers as a test wants, and everything it logs.</summary>
public sealed class AdvisedSilo : ModelledSilo
{
    public const string Key = "sk-a-key-that-nobody-may-see";

    public const int TurnMilliseconds = 10_000;

    internal LogBook Logs { get; } = new();

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        Logs.Dispose();
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

    private protected override void Prepare(SiloFixture silo) => silo.Logs = Logs;
}
