using System.Net;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using AgentRec.Inference.Protocol;
using AgentRec.Tests.Unit.Recommenders.Onnx;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;

namespace AgentRec.Tests.Contract.Ranking;

/// <summary>The host as the protocol's documents describe one: bodies made by hand, right ones and wrong ones.</summary>
public sealed class ProtocolTests
{
    private const string Zeros = "0,0,0,0,0,0,0,0,0,0,0,0";

    [Fact]
    public async Task Http_HealthAndMetadata_AreTheProtocols()
    {
        await using var host = await RankerHost.StartAsync();
        host.Write(2);
        await host.RefreshAsync();
        using var http = new HttpClient { BaseAddress = host.Http };

        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/v2/health/live")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/v2/health/ready")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/v2/models/ranker/ready")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/v2/models/ranker/versions/2/ready")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync("/v2/models/ranker/versions/3/ready")).StatusCode);
        Assert.Equal("""{"name":"agentrec-ranker","version":"0.1.0","extensions":["model_configuration"]}""", await http.GetStringAsync("/v2"));
        Assert.Equal(
            """
            {"name":"ranker","versions":["1","2"],"platform":"onnxruntime_onnx","inputs":[{"name":"features","datatype":"FP32","shape":[-1,12]}],"outputs":[{"name":"scores","datatype":"FP32","shape":[-1,1]}]}
            """,
            await http.GetStringAsync("/v2/models/ranker"));
        Assert.Equal(
            """{"name":"ranker","platform":"onnxruntime_onnx","max_batch_size":512,"parameters":{"artifact_version":{"string_value":"m-1"}}}""",
            await http.GetStringAsync("/v2/models/ranker/versions/1/config"));
    }

    [Fact]
    public async Task Http_WithoutModels_IsLiveAndNotReady()
    {
        await using var host = await RankerHost.StartEmptyAsync();
        using var http = new HttpClient { BaseAddress = host.Http };

        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/v2/health/live")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await http.GetAsync("/v2/health/ready")).StatusCode);

        host.Write(1);
        await host.RefreshAsync();
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/v2/health/ready")).StatusCode);
    }

    [Theory]
    [InlineData("[" + Zeros + "," + Zeros + "]")]
    [InlineData("[[" + Zeros + "],[" + Zeros + "]]")]
    public async Task Http_InferenceOfTheDocuments_IsAnswered(string data)
    {
        await using var host = await RankerHost.StartAsync();
        using var http = new HttpClient { BaseAddress = host.Http };
        var body = $$"""{"id":"42","inputs":[{"name":"features","shape":[2,12],"datatype":"FP32","data":{{data}}}],"outputs":[{"name":"scores"}]}""";

        var response = await http.PostAsync("/v2/models/ranker/infer", new StringContent(body));
        using var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync());

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("42", answer.RootElement.GetProperty("id").GetString());
        Assert.Equal("ranker", answer.RootElement.GetProperty("model_name").GetString());
        Assert.Equal("1", answer.RootElement.GetProperty("model_version").GetString());
        Assert.Equal("m-1", answer.RootElement.GetProperty("parameters").GetProperty("artifact_version").GetString());
        var output = Assert.Single(answer.RootElement.GetProperty("outputs").EnumerateArray());
        Assert.StartsWith("""{"name":"scores","datatype":"FP32","shape":[2,1],"data":[""", output.GetRawText());
        RankerHost.AssertEqual(RankerHost.Scores(1, new float[24]), [.. output.GetProperty("data").EnumerateArray().Select(score => score.GetSingle())]);
    }

    [Theory]
    [InlineData("", "not a request")]
    [InlineData("{", "not a request")]
    [InlineData("[]", "The body is Array")]
    [InlineData("{}", "'inputs' is missing")]
    [InlineData("""{"id":7,"inputs":[]}""", "'id' is Number")]
    [InlineData("""{"inputs":[]}""", "inputs []")]
    [InlineData("""{"inputs":[3]}""", "An input is Number")]
    [InlineData("""{"inputs":[{"name":"x","shape":[1,12],"datatype":"FP32","data":[]}]}""", "inputs ['x']")]
    [InlineData("""{"inputs":[{"name":"features","shape":[1,12],"datatype":"INT32","data":[1]}]}""", "is INT32")]
    [InlineData("""{"inputs":[{"name":"features","shape":[12],"datatype":"FP32","data":[1]}]}""", "shape [12]")]
    [InlineData("""{"inputs":[{"name":"features","shape":[0,12],"datatype":"FP32","data":[]}]}""", "shape [0, 12]")]
    [InlineData("""{"inputs":[{"name":"features","shape":[1,13],"datatype":"FP32","data":[1]}]}""", "shape [1, 13]")]
    [InlineData("""{"inputs":[{"name":"features","shape":[-1,12],"datatype":"FP32","data":[1]}]}""", "shape [-1, 12]")]
    [InlineData("""{"inputs":[{"name":"features","shape":[9223372036854775807,12],"datatype":"FP32","data":[1]}]}""", "split it")]
    [InlineData("""{"inputs":[{"name":"features","shape":[1.5,12],"datatype":"FP32","data":[1]}]}""", "sizes are integers")]
    [InlineData("""{"inputs":[{"name":"features","shape":[1,12],"datatype":"FP32","data":[1,2]}]}""", "has 2 elements")]
    [InlineData("""{"inputs":[{"name":"features","shape":[1,12],"datatype":"FP32","data":["a"]}]}""", "holds String")]
    [InlineData("""{"inputs":[{"name":"features","shape":[1,12],"datatype":"FP32","data":[1e300,0,0,0,0,0,0,0,0,0,0,0]}]}""", "NaN or infinity")]
    [InlineData("""{"inputs":[{"name":"features","shape":[1,12],"datatype":"FP32","data":[3e38,-3e38,3e38,-3e38,3e38,-3e38,3e38,3e38,3e38,3e38,3e38,3e38]}]}""", "too great for the model")]
    [InlineData("""{"inputs":[{"name":"features","shape":[1,12],"datatype":"FP32","data":[0,0,0,0,0,0,0,0,0,0,0,0]}],"outputs":[{"name":"y"}]}""", "Output 'y'")]
    public async Task Http_WrongBody_IsRefusedWithTheReason(string body, string reason)
    {
        await using var host = await RankerHost.StartAsync();
        using var http = new HttpClient { BaseAddress = host.Http };

        var response = await http.PostAsync("/v2/models/ranker/infer", new StringContent(body));
        using var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync());

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(reason, answer.RootElement.GetProperty("error").GetString());
    }

    [Theory]
    [InlineData("/v2/models/nobody/infer", HttpStatusCode.NotFound)]
    [InlineData("/v2/models/ranker/versions/9/infer", HttpStatusCode.NotFound)]
    [InlineData("/v1/infer", HttpStatusCode.NotFound)]
    public async Task Http_UnknownPath_IsNotFoundWithAReason(string path, HttpStatusCode status)
    {
        await using var host = await RankerHost.StartAsync();
        using var http = new HttpClient { BaseAddress = host.Http };

        var response = await http.PostAsync(path, new StringContent($$"""{"inputs":[{"name":"features","shape":[1,12],"datatype":"FP32","data":[{{Zeros}}]}]}"""));

        Assert.Equal(status, response.StatusCode);
        Assert.StartsWith("""{"error":""", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Http_TooLargeBody_IsRefused()
    {
        await using var host = await RankerHost.StartAsync("--Ranker:MaximumRequestBytes", "2048");
        using var http = new HttpClient { BaseAddress = host.Http };

        var response = await http.PostAsync("/v2/models/ranker/infer", new ByteArrayContent(Encoding.UTF8.GetBytes(new string(' ', 100_000))));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    [Fact]
    public async Task Http_Metrics_TellOfRequestsAndBatches()
    {
        await using var host = await RankerHost.StartAsync();
        using var http = new HttpClient { BaseAddress = host.Http };
        await using (var client = host.Client(AgentRec.Inference.RankingProtocol.Grpc))
            await client.ScoreAsync(RankerHost.Batch(1, 7).Batch, CancellationToken.None);

        var metrics = await http.GetStringAsync("/metrics");

        Assert.Contains("ranker_requests_total{", metrics);
        Assert.Contains("outcome=\"Scored\"", metrics);
        Assert.Contains("ranker_batch_rows_sum{", metrics);
        Assert.Contains("ranker_run_duration_seconds_bucket{", metrics);
    }

    [Fact]
    public async Task Grpc_HealthAndMetadata_AreTheProtocols()
    {
        await using var host = await RankerHost.StartAsync();
        using var channel = GrpcChannel.ForAddress(host.Grpc);
        var client = new GRPCInferenceService.GRPCInferenceServiceClient(channel);

        Assert.True((await client.ServerLiveAsync(new ServerLiveRequest())).Live);
        Assert.True((await client.ServerReadyAsync(new ServerReadyRequest())).Ready);
        Assert.True((await client.ModelReadyAsync(new ModelReadyRequest { Name = "ranker", Version = "1" })).Ready);
        Assert.False((await client.ModelReadyAsync(new ModelReadyRequest { Name = "ranker", Version = "2" })).Ready);
        Assert.Equal("agentrec-ranker", (await client.ServerMetadataAsync(new ServerMetadataRequest())).Name);
        var metadata = await client.ModelMetadataAsync(new ModelMetadataRequest { Name = "ranker" });
        Assert.Equal(["1"], metadata.Versions);
        Assert.Equal([-1L, 12L], Assert.Single(metadata.Inputs).Shape);
        Assert.Equal([-1L, 1L], Assert.Single(metadata.Outputs).Shape);
        Assert.Equal(512, (await client.ModelConfigAsync(new ModelConfigRequest { Name = "ranker" })).Config.MaxBatchSize);
        Assert.Equal(StatusCode.NotFound, (await Assert.ThrowsAsync<RpcException>(async () => await client.ModelMetadataAsync(new ModelMetadataRequest { Name = "x" }))).StatusCode);
    }

    [Fact]
    public async Task Grpc_TypedContents_AreAnsweredTyped()
    {
        await using var host = await RankerHost.StartAsync();
        using var channel = GrpcChannel.ForAddress(host.Grpc);
        var rows = RandomModels.Rows(1, 3, 12);
        var request = Request([3, 12], raw: null);
        request.Inputs[0].Contents = new InferTensorContents { Fp32Contents = { rows } };

        var response = await new GRPCInferenceService.GRPCInferenceServiceClient(channel).ModelInferAsync(request);

        Assert.Empty(response.RawOutputContents);
        Assert.Equal("request-1", response.Id);
        Assert.Equal([3L, 1L], response.Outputs[0].Shape);
        RankerHost.AssertEqual(RankerHost.Scores(1, rows), [.. response.Outputs[0].Contents.Fp32Contents]);
    }

    [Fact]
    public async Task Grpc_WrongRequests_AreInvalidArguments()
    {
        await using var host = await RankerHost.StartAsync();
        using var channel = GrpcChannel.ForAddress(host.Grpc);
        var client = new GRPCInferenceService.GRPCInferenceServiceClient(channel);
        var both = Request([1, 12], new float[12]);
        both.Inputs[0].Contents = new InferTensorContents { Fp32Contents = { new float[12] } };
        var torn = Request([1, 12], new float[12]);
        torn.RawInputContents[0] = ByteString.CopyFrom(new byte[47]);
        var more = Request([1, 12], new float[12]);
        more.RawInputContents.Add(ByteString.Empty);

        foreach (var request in new[]
        {
            new ModelInferRequest { ModelName = "ranker" }, Request([1, 12], raw: null), Request([1, 12], new float[11]), Request([12], new float[12]),
            Request([1, 12, 1], new float[12]), Request([513, 12], new float[513 * 12]), Request([long.MaxValue, 12], new float[12]),
            Request([1, 12], [.. Enumerable.Repeat(float.NaN, 12)]), Request([1, 12], [.. Enumerable.Repeat(float.PositiveInfinity, 12)]), both, torn, more,
        })
        {
            var exception = await Assert.ThrowsAsync<RpcException>(async () => await client.ModelInferAsync(request));
            Assert.True(exception.StatusCode == StatusCode.InvalidArgument, $"{exception.Status} for {request}");
        }
    }

    private static ModelInferRequest Request(long[] shape, float[]? raw)
    {
        var request = new ModelInferRequest
        {
            ModelName = "ranker", Id = "request-1", Inputs = { new ModelInferRequest.Types.InferInputTensor { Name = "features", Datatype = "FP32", Shape = { shape } } },
        };
        if (raw is not null)
            request.RawInputContents.Add(ByteString.CopyFrom(MemoryMarshal.AsBytes<float>(raw)));
        return request;
    }
}
