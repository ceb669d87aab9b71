using System.Runtime.InteropServices;
using AgentRec.Inference.Protocol;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;

namespace AgentRec.Inference.Transport;

/// <summary>The protocol over gRPC. Tensors travel as raw bytes; answers are taken in both forms.</summary>
internal sealed class GrpcTransport : IInferenceTransport
{
    private const int MaximumAnswerBytes = 16 * 1024 * 1024;

    private readonly RankingOptions _options;
    private readonly TimeProvider _time;
    private readonly GrpcChannel _channel;
    private readonly GRPCInferenceService.GRPCInferenceServiceClient _client;

    /// <summary>Prepares calls; the first one connects.</summary>
    /// <param name="options">The server and the model; with an endpoint.</param>
    /// <param name="time">The clock that deadlines are told by.</param>
    public GrpcTransport(RankingOptions options, TimeProvider time)
    {
        (_options, _time) = (options, time);
        _channel = GrpcChannel.ForAddress(options.Endpoint!, new GrpcChannelOptions
        {
            // A client of our own: over a bare handler the channel keeps connections itself, and lets calls fail for up to
            // minutes after the server is back.
            HttpClient = new HttpClient(Connections.Create(options)) { Timeout = Timeout.InfiniteTimeSpan },
            DisposeHttpClient = true,
            MaxReceiveMessageSize = MaximumAnswerBytes,
            ThrowOperationCanceledOnCancellation = true,
        });
        _client = new GRPCInferenceService.GRPCInferenceServiceClient(_channel);
    }

    public async Task<ModelContract> DescribeAsync(CancellationToken cancellationToken)
    {
        try
        {
            var request = new ModelMetadataRequest { Name = _options.Model, Version = _options.ModelVersion };
            var metadata = await _client.ModelMetadataAsync(request, cancellationToken: cancellationToken);
            var config = await ConfigAsync(cancellationToken);
            return new ModelContract(
                [.. metadata.Inputs.Select(Description)], [.. metadata.Outputs.Select(Description)],
                config?.MaxBatchSize ?? 0, config?.Parameters.GetValueOrDefault(Parameters.ArtifactVersion)?.StringValue ?? "");
        }
        catch (RpcException exception)
        {
            throw Fault(exception);
        }
    }

    public async Task<InferenceAnswer> InferAsync(InferenceCall call, CancellationToken cancellationToken)
    {
        var request = new ModelInferRequest
        {
            ModelName = _options.Model,
            ModelVersion = call.Version,
            Inputs = { new ModelInferRequest.Types.InferInputTensor { Name = _options.Input, Datatype = "FP32", Shape = { call.Rows, call.Features } } },
            Outputs = { new ModelInferRequest.Types.InferRequestedOutputTensor { Name = _options.Output } },
            RawInputContents = { UnsafeByteOperations.UnsafeWrap(new RowBytes(call.Values).Memory) },
        };
        try
        {
            // The deadline tells the server when an answer is of no use any more.
            var deadline = _time.GetUtcNow().UtcDateTime.AddMilliseconds(_options.TimeoutMilliseconds);
            var response = await _client.ModelInferAsync(request, deadline: deadline, cancellationToken: cancellationToken);
            var artifact = response.Parameters.GetValueOrDefault(Parameters.ArtifactVersion)?.StringParam ?? "";
            return new InferenceAnswer(response.ModelVersion, artifact, Scores(response));
        }
        catch (RpcException exception)
        {
            throw Fault(exception);
        }
    }

    public void Dispose() => _channel.Dispose();

    /// <summary>The model's configuration, from servers that have the extension.</summary>
    private async Task<ModelConfig?> ConfigAsync(CancellationToken cancellationToken)
    {
        try
        {
            var request = new ModelConfigRequest { Name = _options.Model, Version = _options.ModelVersion };
            return (await _client.ModelConfigAsync(request, cancellationToken: cancellationToken)).Config;
        }
        catch (RpcException exception) when (exception.StatusCode == StatusCode.Unimplemented)
        {
            return null;
        }
    }

    private float[] Scores(ModelInferResponse response)
    {
        for (var i = 0; i < response.Outputs.Count; i++)
        {
            var output = response.Outputs[i];
            if (output.Name != _options.Output)
                continue;
            if (output.Datatype != "FP32")
                throw new ServerFault($"answered '{output.Name}' as {output.Datatype} instead of FP32.");
            if (response.RawOutputContents.Count == 0)
                return [.. output.Contents?.Fp32Contents ?? []];
            if (response.RawOutputContents.Count <= i || response.RawOutputContents[i].Length % sizeof(float) != 0)
                throw new ServerFault($"answered '{output.Name}' without whole numbers of FP32 elements for it.");
            return MemoryMarshal.Cast<byte, float>(response.RawOutputContents[i].Span).ToArray();
        }
        throw new ServerFault($"answered {response.Outputs.Count} outputs, none of them '{_options.Output}'.");
    }

    private static TensorDescription Description(ModelMetadataResponse.Types.TensorMetadata tensor) => new(tensor.Name, tensor.Datatype, [.. tensor.Shape]);

    private static ServerFault Fault(RpcException exception) => new(
        exception.StatusCode switch
        {
            StatusCode.Unavailable => $"was not reached: {exception.Status.Detail}",
            StatusCode.ResourceExhausted => $"is overloaded: {exception.Status.Detail}",
            StatusCode.NotFound => $"does not serve the model: {exception.Status.Detail}",
            StatusCode.Unimplemented => "does not speak the Open Inference Protocol over gRPC: check the port and Tools:Ranking:Protocol.",
            var code => $"answered {code}: {exception.Status.Detail}",
        },
        exception);
}
