using AgentRec.Tests.Unit;

namespace AgentRec.Tests.EndToEnd;

/// <summary><c>simulate</c> and <c>audit</c> as a script calls them.</summary>
[Collection(ProcessCollection.Name), Trait("Category", "EndToEnd")]
public sealed class SimulateCommandTests : IDisposable
{
    private const string Small = """
        name: small
        seeds: 1
        periods: 3
        slateSize: 4
        retrainEvery: 0
        world: { users: 16, items: 40, genres: 4, providers: 3, ratingsPerUser: 8 }
        models: { scorers: [popularity] }
        arms: [{ name: plain }, { name: bidding, agency: { beta: 0.05, band: 0.5, invited: 40 } }]
        """;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("simulate", "SCENARIO.yaml", "--out", "--threads", "--seeds", "--resume", "--cluster")]
    [InlineData("audit", "sensitivity", "groups", "manipulation", "screen")]
    public async Task Help_OfTheCommand_NamesWhatItTakes(string command, params string[] names)
    {
        var (code, output, _) = await CliProcess.RunAsync(command, "--help");

        Assert.Equal(0, code);
        Assert.All(names, name => Assert.Contains(name, output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Simulate_AScenarioWithMistakes_EndsWithTwoAndNamesEach()
    {
        var file = _folder.Write("bad.yaml", "name: bad\nspeed: 3\nseeds: many\narms: [{ name: a, policy: nothing }]\n");

        var (code, _, error) = await CliProcess.RunAsync("simulate", file, "--out", Path.Combine(_folder.Path, "out"));

        Assert.Equal(2, code);
        Assert.Contains("speed: is not known", error, StringComparison.Ordinal);
        Assert.Contains("seeds: is 'many'", error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(_folder.Path, "out")));
    }

    [Theory]
    [InlineData("simulate", "there-is-none.yaml", "--out", "out")]
    [InlineData("audit", "groups", "--out", "out", "--seeds", "0")]
    [InlineData("simulate", "s.yaml", "--out", "out", "--cluster", "nowhere")]
    [InlineData("audit", "screen", "--data", "there-is-none")]
    public async Task Command_ThatCannotBe_SaysSoInALine(params string[] arguments)
    {
        var (code, _, error) = await CliProcess.RunAsync(arguments);

        Assert.True(code is 1 or 2, $"{code}: {error}");
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
        Assert.NotEmpty(error);
    }

    [Fact]
    public async Task Simulate_KilledInTheMiddleAndResumed_EndsWithTheBytesOfAWholeRun()
    {
        var file = _folder.Write("small.yaml", Small);
        var (whole, broken) = (Path.Combine(_folder.Path, "whole"), Path.Combine(_folder.Path, "broken"));

        var (code, output, error) = await CliProcess.RunAsync("simulate", file, "--out", whole);
        Assert.True(code == 0, error);
        Assert.Contains("bidding - plain", output, StringComparison.Ordinal);
        Assert.Contains("turns a second", error, StringComparison.Ordinal);

        await KillAtAsync("arm bidding, period 2", "simulate", file, "--out", broken, "--threads", "1");
        var (refused, _, why) = await CliProcess.RunAsync("simulate", file, "--out", broken);
        Assert.Equal(1, refused);
        Assert.Contains("--resume", why, StringComparison.Ordinal);
        (code, _, error) = await CliProcess.RunAsync("simulate", file, "--out", broken, "--resume");
        Assert.True(code == 0, error);

        foreach (var name in new[] { "manifest.json", "metrics.json", "metrics.csv", "events.csv", "events.parquet", "report.html" })
            Assert.True(File.ReadAllBytes(Path.Combine(whole, name)).AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(broken, name))), $"{name} differs");
    }

    [Fact]
    public async Task Simulate_AgainstALiveCluster_PlaysTheScenarioThereAndSaysThatItCannotBeRepeated()
    {
        var data = Path.Combine(_folder.Path, "data");
        Directory.CreateDirectory(data);
        _folder.Write(Path.Combine("data", "items.csv"), "itemId,title,genre\n" + string.Concat(Enumerable.Range(0, 40).Select(item => $"i{item},Title {item},g{item % 3}\n")));
        _folder.Write(
            Path.Combine("data", "interactions.csv"),
            "userId,itemId,type,value,timestamp\n" + string.Concat(Enumerable.Range(0, 12).SelectMany(user => Enumerable.Range(0, 8).Select(i =>
                $"u{user},i{((i * 7) + (user * 3)) % 40},rate,{3 + ((i + user) % 5 * 0.5)},{1_600_000_000 + (i * 60)}\n"))));
        var file = _folder.Write("live.yaml", "name: live\nseeds: 1\nperiods: 3\nslateSize: 4\nworld: { data: data }\narms: [{ name: only }]\n");
        var two = _folder.Write("two.yaml", "name: two\nseeds: 1\nperiods: 2\nworld: { data: data }\narms: [{ name: a }, { name: b }]\n");
        var store = Path.Combine(_folder.Path, "store");
        Assert.Equal(0, (await CliProcess.RunAsync("import", "--data", data, "--store", store)).ExitCode);
        Assert.Equal(0, (await CliProcess.RunAsync("train", "--store", store, "--models", "popularity")).ExitCode);
        await using var node = await NodeProcess.StartAsync(store);
        var (url, output) = (node.Http.BaseAddress!.ToString(), Path.Combine(_folder.Path, "out"));

        var (code, _, error) = await CliProcess.RunAsync("simulate", file, "--out", output, "--cluster", url);
        var (refused, _, why) = await CliProcess.RunAsync("simulate", two, "--out", Path.Combine(_folder.Path, "two"), "--cluster", url);

        Assert.True(code == 0, error);
        Assert.Contains("neither virtual time nor repetition", error, StringComparison.Ordinal);
        Assert.Contains("not to be repeated", await File.ReadAllTextAsync(Path.Combine(output, "manifest.json")), StringComparison.Ordinal);
        var rows = await File.ReadAllLinesAsync(Path.Combine(output, "events.csv"));
        Assert.True(rows.Length > 12 * 4, $"{rows.Length} rows");
        Assert.Contains(rows, row => row.Contains(",rate,", StringComparison.Ordinal));
        Assert.Equal(1, refused);
        Assert.Contains("more than one", why, StringComparison.Ordinal);
    }

    private static async Task KillAtAsync(string message, params string[] arguments)
    {
        using var process = CliProcess.Start(arguments);
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        try
        {
            var heard = "";
            while (!heard.Contains(message, StringComparison.Ordinal))
                heard = await process.StandardError.ReadLineAsync(patience.Token) ?? throw new InvalidOperationException($"The run ended before '{message}'.");
        }
        finally
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(patience.Token);
        }
    }
}
