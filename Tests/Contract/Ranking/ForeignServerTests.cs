using System.Runtime.InteropServices;
using AgentRec.Grains.Abstractions.Planning;
using AgentRec.Inference;
using AgentRec.Inference.Protocol;
using Google.Protobuf;
using Grpc.Core;

namespace AgentRec.Tests.Contract.Ranking;

/// <summary>The client against servers that are not the project's: what the protocol leaves open is taken either way, and what it forbids is told.</summary>
public sealed class ForeignServerTests
{
    private static readonly RankingBatch Batch = new("m-1", 3, 2, new float[] { 1, 2, 3, 4, 5, 6 });

    [Fact]
    public async Task ScoreAsync_RawAnswerBesideAnotherOutput_IsRead()
    {
        await using var server = await ForeignServer.StartAsync();
        server.Behaviour.Infer = (_, _) => Task.FromResult(new ModelInferResponse
        {
            ModelVersion = "1",
            Outputs = { Output("labels", "INT64"), Output("scores") },
            RawOutputContents = { ByteString.CopyFrom(new byte[24]), Raw(7, 8, 9) },
        });

        Assert.Equal([7f, 8f, 9f], (await ScoreAsync(server)).AsEnumerable());
    }

    [Fact]
    public async Task ScoreAsync_TypedAnswerWithoutAVersion_IsRead()
    {
        await using var server = await ForeignServer.StartAsync();
        ModelInferRequest? seen = null;
        server.Behaviour.Infer = (request, _) =>
        {
            seen = request;
            var output = Output("scores");
            output.Contents = new InferTensorContents { Fp32Contents = { 1, 2, 3 } };
            return Task.FromResult(new ModelInferResponse { Outputs = { output } });
        };

        Assert.Equal([1f, 2f, 3f], (await ScoreAsync(server)).AsEnumerable());
        Assert.Equal("ranker", seen!.ModelName);
        Assert.Equal("", seen.ModelVersion);
        Assert.Equal([3L, 2L], Assert.Single(seen.Inputs).Shape);
        Assert.Equal(Raw(1, 2, 3, 4, 5, 6), Assert.Single(seen.RawInputContents));
        Assert.Equal("scores", Assert.Single(seen.Outputs).Name);
    }

    [Fact]
    public async Task ScoreAsync_ServerStatesAMaximum_IsObeyed()
    {
        await using var server = await ForeignServer.StartAsync();
        var sizes = new List<long>();
        server.Behaviour.Config = () => new ModelConfig { MaxBatchSize = 2, Parameters = { ["artifact_version"] = new ModelParameter { StringValue = "m-1" } } };
        server.Behaviour.Infer = (request, _) =>
        {
            lock (sizes)
                sizes.Add(request.Inputs[0].Shape[0]);
            return Task.FromResult(new ModelInferResponse { Outputs = { Output("scores") }, RawOutputContents = { FirstColumn(request) } });
        };

        Assert.Equal([1f, 3f, 5f], (await ScoreAsync(server)).AsEnumerable());
        Assert.Equal([1L, 2L], sizes.Order());
    }

    [Fact]
    public async Task ScoreAsync_PartsByTwoVersions_AreScoredAgainByOne()
    {
        await using var server = await ForeignServer.StartAsync();
        server.Behaviour.Config = () => new ModelConfig { MaxBatchSize = 2 };
        server.Behaviour.Infer = (request, _) => Task.FromResult(new ModelInferResponse
        {
            // Whoever names no version is served by the one that happens to be there.
            ModelVersion = request.ModelVersion.Length > 0 ? request.ModelVersion : $"{request.Inputs[0].Shape[0]}",
            Outputs = { Output("scores") },
            RawOutputContents = { request.ModelVersion == "1" ? FirstColumn(request) : Raw(new float[request.Inputs[0].Shape[0]]) },
        });

        Assert.Equal([1f, 3f, 5f], (await ScoreAsync(server)).AsEnumerable());
    }

    [Fact]
    public async Task ScoreAsync_OtherArtifactInTheConfiguration_IsRefused()
    {
        await using var server = await ForeignServer.StartAsync();
        server.Behaviour.Config = () => new ModelConfig { Parameters = { ["artifact_version"] = new ModelParameter { StringValue = "m-2" } } };

        Assert.Contains("'m-2', but the features are those of 'm-1'", await RefusalAsync(server));
    }

    [Fact]
    public async Task ScoreAsync_AnswersThatAreNone_AreTold()
    {
        await using var server = await ForeignServer.StartAsync();
        await Refused("answered 0 outputs", new ModelInferResponse());
        await Refused("answered 1 outputs, none of them 'scores'", new ModelInferResponse { Outputs = { Output("labels") } });
        await Refused("as FP64 instead of FP32", new ModelInferResponse { Outputs = { Output("scores", "FP64") } });
        await Refused("answered 0 scores for 3 rows", new ModelInferResponse { Outputs = { Output("scores") } });
        await Refused("answered 2 scores for 3 rows", new ModelInferResponse { Outputs = { Output("scores") }, RawOutputContents = { Raw(1, 2) } });
        await Refused("whole numbers of FP32", new ModelInferResponse { Outputs = { Output("scores") }, RawOutputContents = { ByteString.CopyFrom(new byte[11]) } });
        await Refused("not finite", new ModelInferResponse { Outputs = { Output("scores") }, RawOutputContents = { Raw(1, float.NaN, 2) } });

        async Task Refused(string reason, ModelInferResponse answer)
        {
            server.Behaviour.Infer = (_, _) => Task.FromResult(answer);
            Assert.Contains(reason, await RefusalAsync(server));
        }
    }

    [Theory]
    [InlineData(StatusCode.ResourceExhausted, "is overloaded: busy")]
    [InlineData(StatusCode.Unavailable, "was not reached: busy")]
    [InlineData(StatusCode.NotFound, "does not serve the model: busy")]
    [InlineData(StatusCode.Internal, "answered Internal: busy")]
    public async Task ScoreAsync_ServerFails_SaysHow(StatusCode status, string reason)
    {
        await using var server = await ForeignServer.StartAsync();
        server.Behaviour.Infer = (_, _) => throw new RpcException(new Status(status, "busy"));

        Assert.Contains(reason, await RefusalAsync(server));
    }

    [Fact]
    public async Task ScoreAsync_ServerHangs_GivesUpInTime_AndTellsTheServer()
    {
        await using var server = await ForeignServer.StartAsync();
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        server.Behaviour.Infer = async (_, cancelled) =>
        {
            await using var registration = cancelled.Register(told.SetResult);
            await told.Task;
            return new ModelInferResponse();
        };

        Assert.Contains("did not answer within 2000 ms", await RefusalAsync(server, timeout: 2_000));
        await told.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task ScoreAsync_MoreCallersThanPlaces_KeepsToThem()
    {
        await using var server = await ForeignServer.StartAsync();
        int now = 0, most = 0;
        server.Behaviour.Infer = async (request, _) =>
        {
            InterlockedMaximum(ref most, Interlocked.Increment(ref now));
            await Task.Yield();
            Interlocked.Decrement(ref now);
            return new ModelInferResponse { Outputs = { Output("scores") }, RawOutputContents = { FirstColumn(request) } };
        };
        await using var client = Client(server, 30_000, concurrency: 3);

        await Task.WhenAll(Enumerable.Range(0, 60).Select(async _ => Assert.Equal([1f, 3f, 5f], (await client.ScoreAsync(Batch, CancellationToken.None)).AsEnumerable())));

        Assert.InRange(most, 1, 3);
    }

    private static void InterlockedMaximum(ref int most, int value)
    {
        for (var seen = Volatile.Read(ref most); value > seen; seen = Volatile.Read(ref most))
            Interlocked.CompareExchange(ref most, value, seen);
    }

    private static OpenInferenceClient Client(ForeignServer server, int timeout, int concurrency = 64) => new(new RankingOptions
    {
        Endpoint = server.Address, TimeoutMilliseconds = timeout, ConnectMilliseconds = 10_000, MaximumConcurrency = concurrency,
    });

    private static async Task<float[]> ScoreAsync(ForeignServer server)
    {
        await using var client = Client(server, 30_000);
        return await client.ScoreAsync(Batch, CancellationToken.None);
    }

    private static async Task<string> RefusalAsync(ForeignServer server, int timeout = 30_000)
    {
        await using var client = Client(server, timeout);
        return (await Assert.ThrowsAsync<RankingUnavailableException>(async () => await client.ScoreAsync(Batch, CancellationToken.None))).Message;
    }

    private static ModelInferResponse.Types.InferOutputTensor Output(string name, string datatype = "FP32") => new() { Name = name, Datatype = datatype };

    private static ByteString Raw(params float[] values) => ByteString.CopyFrom(MemoryMarshal.AsBytes<float>(values));

    private static ByteString FirstColumn(ModelInferRequest request) =>
        Raw([.. MemoryMarshal.Cast<byte, float>(request.RawInputContents[0].Span).ToArray().Where((_, index) => index % request.Inputs[0].Shape[1] == 0)]);
}
