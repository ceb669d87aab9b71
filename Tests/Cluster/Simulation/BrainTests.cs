using System.Collections.Immutable;
using AgentRec.Simulation;
using AgentRec.Tests.Cluster.LanguageModels;
using AgentRec.Tests.Unit;
using Microsoft.Extensions.Configuration;

namespace AgentRec.Tests.Cluster.Simulation;

/// <summary>Brains that are plugged in, against the real agents.</summary>
[Trait("Category", "Cluster")]
public sealed class BrainTests : IDisposable
{
    private static readonly Scenario Small = new()
    {
        Name = "brains", Seed = 3, Seeds = 1, Periods = 2, SlateSize = 4, RetrainEvery = 0,
        World = new SyntheticTerms { Users = 12, Items = 40, Genres = 4, Providers = 3, RatingsPerUser = 8 },
        Models = new ModelTerms { Scorers = ["popularity"] },
        Arms = [new ArmTerms("rules"), new ArmTerms("language") { Brain = LanguageBrain.Name }],
    };

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task RunAsync_ALanguageModelThatIsRecorded_GivesTheSameBytesFromTheReplay()
    {
        var recording = Path.Combine(_folder.Path, "recording");
        Directory.CreateDirectory(recording);
        LabReport recorded;
        await using (var stub = await StubModel.StartAsync())
        {
            // By what is asked alone: some readers get a sensible answer, others one that takes what is not there, whatever is said to them about it.
            stub.Answer((request, _) => Told(request).Length % 3 == 0
                ? """{"read": [{"id": "p99", "rating": 5}]}"""
                : """{"read": [{"id": "p1", "rating": null}, {"id": "p2", "rating": null}]}""");
            recorded = await RunAsync("recorded", threads: 2, ("Language:Endpoint", stub.Endpoint.ToString()), ("Language:Record", recording));
        }
        var replayed = await RunAsync("replayed", threads: 1, ("Language:Replay", recording));

        foreach (var file in new[] { "manifest.json", "metrics.json", "events.csv", "events.parquet", "report.html" })
            Assert.True(File.ReadAllBytes(Of("recorded", file)).AsSpan().SequenceEqual(File.ReadAllBytes(Of("replayed", file))), $"{file} differs");
        Assert.False(recorded.Arms[0].Figures.ContainsKey("stoodIn"));
        Assert.InRange(recorded.Arms[1].Figures["stoodIn"].Mean, 0.05, 0.95);
        // Who got an answer took nothing, so that fewer things are taken than by the rules.
        Assert.True(replayed.Arms[1].Figures["taken"].Mean < 0.7 * replayed.Arms[0].Figures["taken"].Mean);
    }

    [Fact]
    public async Task RunAsync_ABrainThatFails_LeavesTheReadingToTheRulesAndIsCounted()
    {
        var options = new LabOptions(2) { Brains = ImmutableDictionary<string, IUserBrain>.Empty.Add(LanguageBrain.Name, new Failing()) };

        var report = await Laboratory.RunAsync(Small, Path.Combine(_folder.Path, "failing"), options);

        Assert.Equal(1, report.Arms[1].Figures["stoodIn"].Mean);
        Assert.Equal(report.Arms[0].Figures["taken"], report.Arms[1].Figures["taken"]);
    }

    [Fact]
    public async Task RunAsync_WithoutTheBrainThatAnArmNames_IsRefusedBeforeAnythingIsWritten()
    {
        var folder = Path.Combine(_folder.Path, "thoughtless");

        var refused = await Assert.ThrowsAsync<SimulationException>(() => Laboratory.RunAsync(Small, folder));

        Assert.Contains("needs a brain 'language'", refused.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public void Create_WithoutAnEndpoint_SaysWhatIsMissing() =>
        Assert.Contains("Language:Endpoint", Assert.Throws<SimulationException>(() => LanguageBrain.Create(new ConfigurationBuilder().Build())).Message, StringComparison.Ordinal);

    private static string Told(StubRequest request) => request.Messages.Last(message => message.Role == "user").Text is var text && text.StartsWith('{') ? text : request.Messages.First(message => message.Role == "user").Text;

    private string Of(string folder, string file) => Path.Combine(_folder.Path, folder, file);

    private async Task<LabReport> RunAsync(string folder, int threads, params (string Name, string Value)[] language)
    {
        var settings = language.Append(("Language:Model", "stub")).Select(one => new KeyValuePair<string, string?>(one.Item1, one.Item2));
        await using var brain = LanguageBrain.Create(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        return await Laboratory.RunAsync(
            Small, Path.Combine(_folder.Path, folder), new LabOptions(threads) { Brains = ImmutableDictionary<string, IUserBrain>.Empty.Add(LanguageBrain.Name, brain) });
    }

    private sealed class Failing : IUserBrain
    {
        public ValueTask<ImmutableArray<Choice>> ReadAsync(Reader reader, ImmutableArray<SeenItem> slate, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("no thought today");
    }
}
