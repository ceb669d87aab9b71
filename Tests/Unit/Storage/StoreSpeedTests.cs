using System.Diagnostics;
using AgentRec.Grains.Abstractions.Storage;
using AgentRec.Import;
using AgentRec.Import.Sample;
using AgentRec.Storage;
using AgentRec.Storage.Bulk;
using Xunit.Abstractions;
using static AgentRec.Tests.Unit.Storage.Samples;

namespace AgentRec.Tests.Unit.Storage;

/// <summary>Measures; run alone with <c>--filter FullyQualifiedName~StoreSpeed --logger "console;verbosity=detailed"</c>.</summary>
[Trait("Category", "Long")]
public sealed class StoreSpeedTests(ITestOutputHelper output) : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private EmbeddedStore _store = null!;

    public async Task InitializeAsync() => _store = await EmbeddedStore.OpenAsync(_folder.Path, TimeProvider.System, default);

    public async Task DisposeAsync()
    {
        await _store.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Append_SixtyFourCallers_AreFarFasterThanOneCommitEach()
    {
        var alone = await AppendsPerSecondAsync(callers: 1, each: 400, "a");
        var together = await AppendsPerSecondAsync(callers: 64, each: 100, "b");
        output.WriteLine($"appends per second: {alone:F0} with one caller, {together:F0} with 64, ratio {together / alone:F1}");
        Assert.True(together > 4 * alone, $"{together:F0} against {alone:F0} appends per second");
    }

    [SharedDataFact]
    public async Task Load_LatestSmall_TakesSeconds()
    {
        var path = Path.Combine(SharedData.Root, "ml-latest-small");
        Measure("read ml-latest-small", () => DataFolder.Open(path).ReadAll(_ => { }).Interactions.Count);
        Measure("simulate the sample", () => SampleWorld.Ratings(SampleWorld.DefaultSeed).Count);
        var folder = DataFolder.Open(path);
        for (var i = 0; i < 2; i++)
        {
            var watch = Stopwatch.StartNew();
            var source = new BulkLoadSource(folder.ReadItems(_ => { }), folder.ReadInteractions(_ => { }), InventItems: false);
            var result = await BulkLoad.RunAsync(_store, "default", source, _ => { }, null, default);
            output.WriteLine($"load {(i == 0 ? "into an empty store" : "again")}: {watch.ElapsedMilliseconds} ms, {result.Accepted} accepted, {result.Duplicates} duplicates");
        }
        await ReadsAsync();
    }

    private async Task ReadsAsync()
    {
        var ids = (await _store.Catalogue.LoadAsync("default", default)).Take(50).Select(item => item.ItemId).ToList();
        for (var i = 0; i < 2; i++)
        {
            var watch = Stopwatch.StartNew();
            for (var turn = 0; turn < 1000; turn++)
                await _store.Log.ReadFactsAsync("default", $"{(turn % 610) + 1}", long.MaxValue, ids, Start, default);
            output.WriteLine($"facts of 50 items: {watch.Elapsed.TotalMicroseconds / 1000:F0} us");
        }
        var all = Stopwatch.StartNew();
        var count = 0;
        await foreach (var interaction in _store.Catalogue.ReadInteractionsAsync("default", default))
            count += interaction.IsPositive ? 1 : 0;
        output.WriteLine($"all interactions: {all.ElapsedMilliseconds} ms, {count} positive");
        var user = Stopwatch.StartNew();
        var events = await _store.Log.ReadAsync("default", "414", 0, 10_000, default);
        output.WriteLine($"one user's {events.Count} events: {user.Elapsed.TotalMilliseconds:F1} ms");
    }

    private void Measure(string what, Func<int> work)
    {
        for (var i = 0; i < 2; i++)
        {
            var watch = Stopwatch.StartNew();
            var count = work();
            output.WriteLine($"{what}: {watch.ElapsedMilliseconds} ms, {count} rows");
        }
    }

    private async Task<double> AppendsPerSecondAsync(int callers, int each, string prefix)
    {
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(async () =>
        {
            for (var sequence = 1; sequence <= each; sequence++)
            {
                var user = $"{prefix}{caller}";
                Assert.Equal(
                    AppendOutcome.Appended,
                    await _store.Log.AppendAsync("default", user, [Rated(sequence, user, $"m{sequence}")], null, default));
            }
        })));
        return callers * each / watch.Elapsed.TotalSeconds;
    }
}
