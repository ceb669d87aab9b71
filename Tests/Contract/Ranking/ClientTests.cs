using AgentRec.Grains.Abstractions.Planning;
using AgentRec.Inference;

namespace AgentRec.Tests.Contract.Ranking;

/// <summary>The client against the Ranker host, in both forms of the protocol.</summary>
public sealed class ClientTests
{
    public static TheoryData<RankingProtocol> Protocols => [RankingProtocol.Grpc, RankingProtocol.Http];

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task ScoreAsync_Batch_GivesTheModelsScores(RankingProtocol protocol)
    {
        await using var host = await RankerHost.StartAsync();
        await using var client = host.Client(protocol);
        var (batch, expected) = RankerHost.Batch(1, 200, artifact: "m-1");

        RankerHost.AssertEqual(expected, await client.ScoreAsync(batch, CancellationToken.None));
        Assert.Empty(await client.ScoreAsync(batch with { Rows = 0, Values = default }, CancellationToken.None));
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task ScoreAsync_MoreRowsThanTheServerTakes_SplitsThem(RankingProtocol protocol)
    {
        await using var host = await RankerHost.StartAsync("--Ranker:MaximumBatchRows", "16");
        await using var client = host.Client(protocol);
        foreach (var rows in new[] { 15, 16, 17, 100 })
        {
            var (batch, expected) = RankerHost.Batch(rows, rows);
            RankerHost.AssertEqual(expected, await client.ScoreAsync(batch, CancellationToken.None));
        }
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task ScoreAsync_VersionNamed_IsScoredByIt(RankingProtocol protocol)
    {
        await using var host = await RankerHost.StartAsync();
        host.Write(2);
        await host.RefreshAsync();
        await using var client = host.Client(protocol, options => options.ModelVersion = "1");
        await using var latest = host.Client(protocol);
        var (batch, expected) = RankerHost.Batch(2, 5);

        RankerHost.AssertEqual(expected, await client.ScoreAsync(batch, CancellationToken.None));
        RankerHost.AssertEqual(RankerHost.Scores(2, batch.Values.ToArray()), await latest.ScoreAsync(batch, CancellationToken.None));
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task ScoreAsync_AnotherModelThanAskedFor_SaysWhatDiffers(RankingProtocol protocol)
    {
        await using var host = await RankerHost.StartAsync();
        var (batch, _) = RankerHost.Batch(3, 4);

        Assert.Contains("needed, 'features' FP32 [-1, 24]", await RefusalAsync(host.Client(protocol), batch with { Rows = 2, Features = 24 }));
        Assert.Contains("'features' FP32 [-1, 12], but one is needed, 'input_0'", await RefusalAsync(host.Client(protocol, options => options.Input = "input_0"), batch));
        Assert.Contains("'scores' FP32 [-1, 1], but 'output_0'", await RefusalAsync(host.Client(protocol, options => options.Output = "output_0"), batch));
        Assert.Contains("from artifact 'm-1', but the features are those of 'm-7'", await RefusalAsync(host.Client(protocol), batch with { ModelVersion = "m-7" }));
        Assert.Contains("Model 'nobody' is not served; [ranker] are", await RefusalAsync(host.Client(protocol, options => options.Model = "nobody"), batch));
        Assert.Contains("Version '9' of model 'ranker' is not served; [1] are", await RefusalAsync(host.Client(protocol, options => options.ModelVersion = "9"), batch));
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task ScoreAsync_ServerRestarts_GoesOn(RankingProtocol protocol)
    {
        await using var host = await RankerHost.StartAsync();
        await using var client = host.Client(protocol);
        var (batch, expected) = RankerHost.Batch(4, 3);
        RankerHost.AssertEqual(expected, await client.ScoreAsync(batch, CancellationToken.None));

        await host.StopAsync();
        var away = await Assert.ThrowsAsync<RankingUnavailableException>(async () => await client.ScoreAsync(batch, CancellationToken.None));
        Assert.Contains("was not reached", away.Message);

        await host.RestartAsync();
        RankerHost.AssertEqual(expected, await client.ScoreAsync(batch, CancellationToken.None));
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task ScoreAsync_Cancelled_EndsWithCancellation(RankingProtocol protocol)
    {
        await using var host = await RankerHost.StartAsync();
        await using var client = host.Client(protocol);
        var (batch, expected) = RankerHost.Batch(5, 3);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await client.ScoreAsync(batch, new CancellationToken(canceled: true)));
        RankerHost.AssertEqual(expected, await client.ScoreAsync(batch, CancellationToken.None));
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task ScoreAsync_BrokenBatch_IsTheCallersFault(RankingProtocol protocol)
    {
        await using var host = await RankerHost.StartAsync();
        await using var client = host.Client(protocol);
        var (batch, _) = RankerHost.Batch(6, 3);
        var values = batch.Values.ToArray();
        values[5] = float.NaN;

        await Assert.ThrowsAsync<ArgumentException>(async () => await client.ScoreAsync(batch with { Rows = 4 }, CancellationToken.None));
        await Assert.ThrowsAsync<ArgumentException>(async () => await client.ScoreAsync(batch with { Values = values }, CancellationToken.None));
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task ScoreAsync_OverTheOtherForm_SaysWhatToCheck(RankingProtocol protocol)
    {
        await using var host = await RankerHost.StartAsync();
        var wrong = protocol == RankingProtocol.Grpc ? host.Http : host.Grpc;

        var refusal = await RefusalAsync(host.Client(protocol, options => options.Endpoint = wrong), RankerHost.Batch(7, 1).Batch);

        Assert.Contains(wrong.AbsoluteUri, refusal);
    }

    [Fact]
    public async Task ScoreAsync_ManyCallers_GivesEachItsOwn()
    {
        await using var host = await RankerHost.StartAsync();
        await using var client = host.Client(RankingProtocol.Grpc, options => options.MaximumConcurrency = 16);

        await Task.WhenAll(Enumerable.Range(0, 200).Select(async seed =>
        {
            var (batch, expected) = RankerHost.Batch(seed, 1 + (seed % 40));
            RankerHost.AssertEqual(expected, await client.ScoreAsync(batch, CancellationToken.None));
        }));
    }

    private static async Task<string> RefusalAsync(OpenInferenceClient client, RankingBatch batch)
    {
        await using (client)
            return (await Assert.ThrowsAsync<RankingUnavailableException>(async () => await client.ScoreAsync(batch, CancellationToken.None))).Message;
    }
}
