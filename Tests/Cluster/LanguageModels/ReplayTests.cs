using AgentRec.Domain;
using AgentRec.Tests.Unit;

namespace AgentRec.Tests.Cluster.LanguageModels;

/// <summary>Runs with a model can be repeated without it.</summary>
[Trait("Category", "Cluster")]
public sealed class ReplayTests
{
    [Fact]
    public async Task Run_PlayedBack_IsTheRunThatWasRecorded()
    {
        using var traffic = new TempFolder();
        var model = await StubModel.StartAsync();
        // The same request gets another answer each time, and one answer has to be corrected.
        model.Answer((request, call) => call == 1 ? "no JSON" : LanguageModelTests.Reading("decade", "eq", call % 2 == 0 ? "1990s" : "1980s", "soft", request.Unread));

        var recorded = await RunAsync(AdvisedSilo.Settings(model), ("Language:Record", traffic.Path));
        var asked = model.Requests.Count;
        await model.DisposeAsync();
        var replayed = await RunAsync(new(StringComparer.Ordinal) { ["Language:Model"] = "stub", ["Language:TurnMilliseconds"] = "30000" }, ("Language:Replay", traffic.Path));

        Assert.Equal(3, asked);
        Assert.Equal(3, Directory.GetFiles(traffic.Path).Length);
        Assert.DoesNotContain(Directory.GetFiles(traffic.Path), file => File.ReadAllText(file).Contains(AdvisedSilo.Key, StringComparison.Ordinal));
        Assert.Equal(["1990s", "1980s"], recorded.Take(2).Select(turn => turn.Constraints.Single(one => one.Facet == "decade").Values[0]));
        Assert.Equal(recorded.Select(Written), replayed.Take(2).Select(Written));
        // What was never recorded cannot be played back.
        Assert.Equal(new Degradation("language", "the replay holds no such request"), Assert.Single(replayed[2].Degraded));
    }

    private static async Task<List<TurnResult>> RunAsync(Dictionary<string, string?> settings, (string Setting, string Value) traffic)
    {
        var silo = new SiloFixture();
        foreach (var (setting, value) in settings.Append(new(traffic.Setting, traffic.Value)))
            silo.Settings[setting] = value;
        await silo.InitializeAsync();
        try
        {
            var turns = new List<TurnResult>();
            foreach (var user in new[] { "viewer-070", "viewer-071" })
                turns.Add(await silo.TurnAsync(await silo.OpenAsync($"run of {user}", user), TurnRequest.Empty with { Message = "a wobbly comedy" }));
            if (traffic.Setting.EndsWith("Replay", StringComparison.Ordinal))
                turns.Add(await silo.TurnAsync(await silo.OpenAsync("another run", "viewer-072"), TurnRequest.Empty with { Message = "a giddy comedy" }));
            return turns;
        }
        finally
        {
            await silo.DisposeAsync();
        }
    }

    private static string Written(TurnResult turn) => System.Text.Json.JsonSerializer.Serialize(turn with { Timings = System.Collections.Immutable.ImmutableSortedDictionary<string, double>.Empty, CertificateId = null }, DomainJson.Options);
}
