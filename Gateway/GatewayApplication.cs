using AgentRec.Gateway.Clustering;
using AgentRec.Gateway.Health;
using AgentRec.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AgentRec.Gateway;

/// <summary>The gateway as a process of its own: the sessions API, for a cluster of silos elsewhere.</summary>
public static class GatewayApplication
{
    private const string DefaultUrl = "http://127.0.0.1:5080";

    /// <summary>Builds the host; running it connects to the cluster, then listens.</summary>
    /// <param name="args">The command line: <c>--urls URL</c>, or any setting as <c>--SECTION:NAME VALUE</c>. The environment sets the same with the prefix <c>AGENTREC_</c>.</param>
    public static WebApplication Create(string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        builder.Configuration.AddEnvironmentVariables("AGENTREC_").AddCommandLine(args);
        if (builder.Configuration[WebHostDefaults.ServerUrlsKey] is null)
            builder.WebHost.UseUrls(DefaultUrl);
        builder.Logging.AddSimpleConsole(console => console.SingleLine = true);
        // What libraries say at lower levels comes with every call, and would cost more than the call itself.
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddFilter("AgentRec", LogLevel.Information);
        builder.AddOtlpExport("agentrec-gateway");
        builder.Services.AddAgentRecGateway(builder.Configuration);
        builder.AddClusterClient();
        builder.Services.AddSingleton<Draining>();
        builder.Services.AddHostedService(services => services.GetRequiredService<Draining>());
        builder.Services.AddSingleton<IReadiness, ClusterReadiness>();
        var app = builder.Build();
        app.MapAgentRecGateway();
        return app;
    }
}
