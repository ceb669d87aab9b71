using AgentRec.Grains.Abstractions.Planning;
using AgentRec.Inference;
using AgentRec.Inference.Triton;

namespace AgentRec.Tests.Contract.Ranking;

/// <summary>Versions come and go while requests are under way, and none of them fails.</summary>
public sealed class HotSwapTests
{
    private const int Versions = 6;

    [Theory]
    [InlineData(RankingProtocol.Grpc)]
    [InlineData(RankingProtocol.Http)]
    public async Task ScoreAsync_VersionsChangeUnderLoad_EveryBatchIsScoredByOneVersion(RankingProtocol protocol)
    {
        // Of one version at a time, in batches that need several requests: the hardest case.
        await using var host = await RankerHost.StartAsync("--Ranker:KeptVersions", "2", "--Ranker:MaximumBatchRows", "16");
        await using var client = host.Client(protocol);
        using var stop = new CancellationTokenSource();
        Task<int>[] callers = [.. Enumerable.Range(0, 8).Select(seed => Task.Run(() => CallAsync(client, seed, stop.Token)))];

        for (var version = 2; version <= Versions; version++)
        {
            host.Write(version);
            await host.RefreshAsync();
            await SeenAsync(client, version);
        }
        await stop.CancelAsync();

        Assert.All(await Task.WhenAll(callers), calls => Assert.True(calls > 0));
    }

    [Fact]
    public async Task RefreshAsync_BrokenVersion_KeepsTheGoodOne()
    {
        await using var host = await RankerHost.StartAsync();
        await using var client = host.Client(RankingProtocol.Grpc);
        TritonRepository.Write(host.Repository, RankerHost.Model, 2, "not a model"u8, RankerHost.Features, 512, 100, "m-2");
        await host.RefreshAsync();

        await SeenAsync(client, 1);

        host.Write(3);
        await host.RefreshAsync();
        await SeenAsync(client, 3);
    }

    [Fact]
    public async Task RefreshAsync_VersionRewrittenInPlace_IsReplacedWhereItLoads()
    {
        await using var host = await RankerHost.StartAsync();
        await using var client = host.Client(RankingProtocol.Grpc);
        var file = Path.Combine(host.Repository, RankerHost.Model, "1", TritonRepository.ModelFile);
        await File.WriteAllTextAsync(file, "broken");
        await host.RefreshAsync();
        await SeenAsync(client, 1);

        await File.WriteAllBytesAsync(file, AgentRec.Recommenders.Onnx.OnnxExport.Write(RankerHost.Network(5)));
        await host.RefreshAsync();
        await SeenAsync(client, 5);
    }

    [Fact]
    public async Task RefreshAsync_VersionsBeyondThoseKept_AreNoLongerServed()
    {
        await using var host = await RankerHost.StartAsync();
        host.Write(2);
        host.Write(3);
        await host.RefreshAsync();
        await using var gone = host.Client(RankingProtocol.Grpc, options => options.ModelVersion = "1");

        var refusal = await Assert.ThrowsAsync<RankingUnavailableException>(async () => await gone.ScoreAsync(RankerHost.Batch(1, 1).Batch, CancellationToken.None));

        Assert.Contains("[3, 2] are", refusal.Message);
    }

    [Fact]
    public async Task Polling_NewVersion_IsFoundWithoutBeingTold()
    {
        await using var host = await RankerHost.StartAsync("--Ranker:PollMilliseconds", "10");
        await using var client = host.Client(RankingProtocol.Grpc);
        host.Write(2);

        await SeenAsync(client, 2);
    }

    [Fact]
    public async Task ScoreAsync_VersionWithMoreFeatures_IsRefusedUntilTheFeaturesFollow()
    {
        await using var host = await RankerHost.StartAsync();
        await using var client = host.Client(RankingProtocol.Grpc);
        await SeenAsync(client, 1);
        host.Write(2, features: 14);
        await host.RefreshAsync();

        await Assert.ThrowsAsync<RankingUnavailableException>(async () => await client.ScoreAsync(RankerHost.Batch(1, 2).Batch, CancellationToken.None));
        var scores = await client.ScoreAsync(new RankingBatch("m-2", 2, 14, new float[28]), CancellationToken.None);

        var expected = new float[2];
        RankerHost.Network(2, 14).Score(new float[28], expected);
        RankerHost.AssertEqual(expected, scores);
    }

    private static async Task<int> CallAsync(OpenInferenceClient client, int seed, CancellationToken stop)
    {
        var calls = 0;
        for (; !stop.IsCancellationRequested; calls++)
        {
            var (batch, _) = RankerHost.Batch(seed, 50);
            var scores = await client.ScoreAsync(batch, CancellationToken.None);
            Assert.Contains(
                Enumerable.Range(1, Versions), version => RankerHost.Scores(version, batch.Values.ToArray()).Zip(scores).All(pair => Math.Abs(pair.First - pair.Second) < 1e-4f));
        }
        return calls;
    }

    /// <summary>Asks until a version answers; gives up after many times.</summary>
    private static async Task SeenAsync(OpenInferenceClient client, int version)
    {
        var (batch, expected) = RankerHost.Batch(99, 3, version);
        for (var attempt = 0; attempt < 20_000; attempt++)
        {
            var scores = await client.ScoreAsync(batch, CancellationToken.None);
            if (scores.Zip(expected).All(pair => Math.Abs(pair.First - pair.Second) < 1e-4f))
                return;
        }
        Assert.Fail($"version {version} never answered");
    }
}
