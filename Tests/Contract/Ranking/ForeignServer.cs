using AgentRec.Inference.Protocol;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AgentRec.Tests.Contract.Ranking;

/// <summary>What a server of somebody else's does; each answer can be replaced.</summary>
internal sealed class ForeignBehaviour
{
    public Func<ModelMetadataResponse> Metadata { get; set; } = () => new ModelMetadataResponse
    {
        Name = "ranker", Platform = "sklearn",
        Inputs = { new ModelMetadataResponse.Types.TensorMetadata { Name = "features", Datatype = "FP32", Shape = { -1, -1 } } },
        Outputs =
        {
            new ModelMetadataResponse.Types.TensorMetadata { Name = "labels", Datatype = "INT64", Shape = { -1 } },
            new ModelMetadataResponse.Types.TensorMetadata { Name = "scores", Datatype = "FP32", Shape = { -1 } },
        },
    };

    public Func<ModelConfig> Config { get; set; } = () => throw new RpcException(new Status(StatusCode.Unimplemented, "no such extension"));

    public Func<ModelInferRequest, CancellationToken, Task<ModelInferResponse>> Infer { get; set; } = (_, _) => throw new RpcException(new Status(StatusCode.Internal, "nothing set"));
}

/// <summary>A server of the protocol that is not the project's own, on loopback.</summary>
internal sealed class ForeignServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ForeignServer(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.First());

    public ForeignBehaviour Behaviour => _app.Services.GetRequiredService<ForeignBehaviour>();

    public static async Task<ForeignServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<ForeignBehaviour>();
        builder.Services.AddGrpc();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        var app = builder.Build();
        app.MapGrpcService<Service>();
        await app.StartAsync();
        return new ForeignServer(app);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private sealed class Service(ForeignBehaviour behaviour) : GRPCInferenceService.GRPCInferenceServiceBase
    {
        public override Task<ModelMetadataResponse> ModelMetadata(ModelMetadataRequest request, ServerCallContext context) => Task.FromResult(behaviour.Metadata());

        public override Task<ModelConfigResponse> ModelConfig(ModelConfigRequest request, ServerCallContext context) =>
            Task.FromResult(new ModelConfigResponse { Config = behaviour.Config() });

        public override Task<ModelInferResponse> ModelInfer(ModelInferRequest request, ServerCallContext context) => behaviour.Infer(request, context.CancellationToken);
    }
}
