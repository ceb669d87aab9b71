using System.Net;
using AgentRec.Ranker.Grpc;
using AgentRec.Ranker.Http;
using AgentRec.Ranker.Metrics;
using AgentRec.Ranker.Models;
using AgentRec.Ranker.Serving;
using AgentRec.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenTelemetry.Metrics;

namespace AgentRec.Ranker;

/// <summary>The Ranker host: models of a repository, served over gRPC and HTTP.</summary>
internal static class RankerApplication
{
    private static readonly Dictionary<string, string> Switches = new(StringComparer.Ordinal)
    {
        ["--repository"] = $"{RankerOptions.Section}:{nameof(RankerOptions.Repository)}",
        ["--http-port"] = $"{RankerOptions.Section}:{nameof(RankerOptions.HttpPort)}",
        ["--grpc-port"] = $"{RankerOptions.Section}:{nameof(RankerOptions.GrpcPort)}",
    };

    /// <summary>Builds the host; running it listens.</summary>
    /// <param name="args">The command line: <c>--repository DIR</c>, <c>--http-port N</c>, <c>--grpc-port N</c>, or any setting as <c>--Ranker:NAME VALUE</c>.</param>
    public static WebApplication Create(string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddEnvironmentVariables("AGENTREC_").AddCommandLine(args, Switches);
        builder.Services.AddOptions<RankerOptions>().BindConfiguration(RankerOptions.Section).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<RankerOptions>, RankerOptionsValidation>();
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddMetrics();
        builder.Services.AddSingleton<RankerMetrics>();
        builder.Services.AddSingleton<ModelStore>();
        builder.Services.AddSingleton<ModelLoader>();
        builder.Services.AddSingleton<ModelRefresh>();
        builder.Services.AddSingleton<InferenceService>();
        // Stopped after the server, which by then has answered everybody.
        builder.Services.AddHostedService<RepositoryPolling>();
        builder.Services.AddGrpc();
        builder.Services.AddOptions<global::Grpc.AspNetCore.Server.GrpcServiceOptions>().Configure<IOptions<RankerOptions>>((grpc, ranker) =>
        {
            grpc.MaxReceiveMessageSize = ranker.Value.MaximumRequestBytes;
            grpc.MaxSendMessageSize = ranker.Value.MaximumRequestBytes;
        });
        builder.Services.AddOptions<KestrelServerOptions>().Configure<IOptions<RankerOptions>>(Listen);
        builder.Services.AddOpenTelemetry().WithMetrics(metrics => metrics.AddMeter(RankerMetrics.MeterName).AddPrometheusExporter());
        builder.AddOtlpExport("agentrec-ranker");
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning).AddFilter("Grpc", LogLevel.Warning);

        var app = builder.Build();
        app.MapGrpcService<GrpcInference>();
        app.MapHttpInference();
        app.MapPrometheusScrapingEndpoint();
        return app;
    }

    private static void Listen(KestrelServerOptions kestrel, IOptions<RankerOptions> ranker)
    {
        var address = IPAddress.Parse(ranker.Value.Address);
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = ranker.Value.MaximumRequestBytes;
        kestrel.Listen(address, ranker.Value.HttpPort, listen => listen.Protocols = HttpProtocols.Http1);
        // Without TLS nothing tells the protocols apart: gRPC has a port of its own.
        kestrel.Listen(address, ranker.Value.GrpcPort, listen => listen.Protocols = HttpProtocols.Http2);
    }
}
