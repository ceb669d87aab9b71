using System.Text.Json;
using AgentRec.Cli;
using AgentRec.Cli.Commands;
using AgentRec.Cli.Hosting;
using AgentRec.Storage;
using AgentRec.Tests.Unit;

namespace AgentRec.Tests.Cluster;

/// <summary>A load on a node in this process, made by the command.</summary>
[Trait("Category", "Cluster")]
public sealed class LoadTests
{
    [Fact]
    public async Task Bench_OfANode_CountsWhatTheNodeHasInItsLog()
    {
        using var folder = new TempFolder();
        await SampleStore.CopyAsync(Path.Combine(folder.Path, "store"));
        await using var store = await EmbeddedStore.OpenAsync(Path.Combine(folder.Path, "store"), TimeProvider.System, default);
        var json = Path.Combine(folder.Path, "report.json");
        string run;
        JsonElement[] rates;
        await using (var node = await LocalNode.StartAsync(store, Domain.Identifier.DefaultTenant, default))
        {
            var code = await CommandLine.RunAsync(
            [
                "bench", "--url", node.Address.ToString(), "--rate", "10,20", "--duration", "2", "--warm-up", "0", "--users", "5", "--batch", "3", "--json", json, "--seed", "5",
            ]);
            Assert.Equal(ExitCode.Done, code);
            using var report = JsonDocument.Parse(await File.ReadAllTextAsync(json));
            rates = [.. report.RootElement.GetProperty("rates").EnumerateArray().Select(rate => rate.Clone())];
            run = $"bench-{report.RootElement.GetProperty("startedAt").GetDateTimeOffset().ToUnixTimeMilliseconds()}";
        }

        Assert.Equal([20L, 40L], rates.Select(rate => rate.GetProperty("all").GetProperty("offered").GetInt64()));
        Assert.All(rates, rate => Assert.Empty(rate.GetProperty("all").GetProperty("errors").EnumerateObject()));
        Assert.All(rates, rate => Assert.True(rate.GetProperty("all").GetProperty("latency").GetProperty("p99").GetDouble() > 0));
        Assert.StartsWith("<svg", await File.ReadAllTextAsync(Path.ChangeExtension(json, ".svg")), StringComparison.Ordinal);

        // The report counts what happened, and nothing else did.
        var events = new List<Domain.UserEvent>();
        for (var user = 0; user < 5; user++)
            events.AddRange((await store.Log.ReadAsync(Domain.Identifier.DefaultTenant, $"{run}-user-{user}", 0, int.MaxValue, default)).Select(one => one.Event));
        Assert.Equal(10 + Succeeded("turn"), events.OfType<Domain.TurnTaken>().Count());
        Assert.Equal(50 + Succeeded("feedback") + (3 * Succeeded("ingestion")), events.OfType<Domain.InteractionRecorded>().Count());

        long Succeeded(string kind) => rates.Sum(rate => rate.GetProperty("kinds").TryGetProperty(kind, out var figures) ? figures.GetProperty("succeeded").GetInt64() : 0);
    }
}
