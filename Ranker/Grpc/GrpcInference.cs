using System.Runtime.InteropServices;
using AgentRec.Inference.Protocol;
using AgentRec.Inference.Transport;
using AgentRec.Ranker.Models;
using AgentRec.Ranker.Serving;
using AgentRec.Recommenders.Onnx;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.Extensions.Options;

namespace AgentRec.Ranker.Grpc;

/// <summary>The protocol over gRPC.</summary>
/// <param name="store">What is served.</param>
/// <param name="service">Answers requests for scores.</param>
/// <param name="options">The limits that the server states.</param>
internal sealed class GrpcInference(ModelStore store, InferenceService service, IOptions<RankerOptions> options) : GRPCInferenceService.GRPCInferenceServiceBase
{
    public override Task<ServerLiveResponse> ServerLive(ServerLiveRequest request, ServerCallContext context) =>
        Task.FromResult(new ServerLiveResponse { Live = true });

    public override Task<ServerReadyResponse> ServerReady(ServerReadyRequest request, ServerCallContext context) =>
        Task.FromResult(new ServerReadyResponse { Ready = store.IsReady });

    public override Task<ModelReadyResponse> ModelReady(ModelReadyRequest request, ServerCallContext context) =>
        Task.FromResult(new ModelReadyResponse { Ready = store.Find(request.Name, request.Version) is not null });

    public override Task<ServerMetadataResponse> ServerMetadata(ServerMetadataRequest request, ServerCallContext context) =>
        Task.FromResult(new ServerMetadataResponse { Name = ServerIdentity.Name, Version = ServerIdentity.Version, Extensions = { ServerIdentity.Extensions } });

    public override Task<ModelMetadataResponse> ModelMetadata(ModelMetadataRequest request, ServerCallContext context)
    {
        var version = Find(request.Name, request.Version);
        return Task.FromResult(new ModelMetadataResponse
        {
            Name = request.Name,
            Versions = { store.Models[request.Name].Versions.Select(loaded => loaded.Name).Reverse() },
            Platform = ServerIdentity.Platform,
            Inputs = { new ModelMetadataResponse.Types.TensorMetadata { Name = OnnxExport.Input, Datatype = ScoreRequest.Datatype, Shape = { -1, version.Features } } },
            Outputs = { new ModelMetadataResponse.Types.TensorMetadata { Name = OnnxExport.Output, Datatype = ScoreRequest.Datatype, Shape = { -1, 1 } } },
        });
    }

    public override Task<ModelConfigResponse> ModelConfig(ModelConfigRequest request, ServerCallContext context)
    {
        var version = Find(request.Name, request.Version);
        return Task.FromResult(new ModelConfigResponse
        {
            Config = new ModelConfig
            {
                Name = request.Name,
                Platform = ServerIdentity.Platform,
                MaxBatchSize = options.Value.MaximumBatchRows,
                Parameters = { [Parameters.ArtifactVersion] = new ModelParameter { StringValue = version.ArtifactVersion } },
            },
        });
    }

    public override async Task<ModelInferResponse> ModelInfer(ModelInferRequest request, ServerCallContext context)
    {
        var result = await service.ScoreAsync(Read(request), context.CancellationToken);
        if (result.Refusal is { } refusal)
            throw new RpcException(new Status(Code(refusal.Kind), refusal.Message));
        var output = new ModelInferResponse.Types.InferOutputTensor
        {
            Name = OnnxExport.Output,
            Datatype = ScoreRequest.Datatype,
            Shape = { result.Scores.Length / sizeof(float), 1 },
        };
        var response = new ModelInferResponse { ModelName = request.ModelName, ModelVersion = result.Version!.Name, Id = request.Id, Outputs = { output } };
        if (result.Version.ArtifactVersion.Length > 0)
            response.Parameters[Parameters.ArtifactVersion] = new InferParameter { StringParam = result.Version.ArtifactVersion };
        // Scores come back the way features came.
        if (request.RawInputContents.Count > 0)
            response.RawOutputContents.Add(UnsafeByteOperations.UnsafeWrap(result.Scores));
        else
            output.Contents = new InferTensorContents { Fp32Contents = { MemoryMarshal.Cast<byte, float>(result.Scores.Span).ToArray() } };
        return response;
    }

    private static ScoreRequest Read(ModelInferRequest request)
    {
        var typed = request.Inputs.Any(input => input.Contents is not null);
        if (request.RawInputContents.Count > 0 && (typed || request.RawInputContents.Count != request.Inputs.Count))
        {
            throw new RpcException(new Status(
                StatusCode.InvalidArgument,
                $"The request has {request.Inputs.Count} inputs, {request.RawInputContents.Count} raw contents{(typed ? " and typed contents" : "")}; contents are either raw, one for each input, or typed."));
        }
        ReadOnlyMemory<byte> values =
            request.RawInputContents.Count > 0 ? request.RawInputContents[0].Memory
            : request.Inputs.Count > 0 && request.Inputs[0].Contents is { } contents ? MemoryMarshal.AsBytes<float>([.. contents.Fp32Contents]).ToArray()
            : default;
        return new ScoreRequest(
            request.ModelName, request.ModelVersion,
            [.. request.Inputs.Select(input => new DeclaredTensor(input.Name, input.Datatype, input.Shape))], [.. request.Outputs.Select(output => output.Name)], values);
    }

    private LoadedVersion Find(string model, string version) =>
        store.Find(model, version) ?? throw new RpcException(new Status(StatusCode.NotFound, service.Absence(model, version)));

    private static StatusCode Code(RefusalKind kind) => kind switch
    {
        RefusalKind.Invalid => StatusCode.InvalidArgument,
        RefusalKind.NotFound => StatusCode.NotFound,
        RefusalKind.Overloaded => StatusCode.ResourceExhausted,
        _ => StatusCode.Internal,
    };
}
