using AgentRec.Gateway;
using AgentRec.Gateway.Access;
using AgentRec.Gateway.Health;
using AgentRec.Silo;
using AgentRec.Storage;
using AgentRec.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace AgentRec.Cli.Hosting;

/// <summary>The all-in-one node: silo and gateway in one process.</summary>
internal static class Node
{
    /// <summary>The prefix of environment variables that set options, such as <c>AGENTREC_Sessions__TurnTimeoutMilliseconds</c>.</summary>
    public const string EnvironmentPrefix = "AGENTREC_";

    /// <summary>Builds a node.</summary>
    /// <param name="store">The open store; the caller closes it after the node has stopped.</param>
    /// <param name="urls">Where to listen.</param>
    /// <param name="tenant">Whose the calls are of callers who need no key.</param>
    /// <param name="own">True for a node that serves the command that builds it: it logs warnings only, and asks its caller for no key.</param>
    public static WebApplication Build(Store store, string urls, string tenant, bool own)
    {
        var builder = WebApplication.CreateSlimBuilder([SiloHosting.SettingsReadOnce]);
        builder.Configuration.AddEnvironmentVariables(EnvironmentPrefix);
        builder.Configuration[$"{GatewayOptions.Section}:{nameof(GatewayOptions.Tenant)}"] = tenant;
        builder.WebHost.UseUrls(urls);
        // Standard output is the commands': a script reads it.
        builder.Logging.AddSimpleConsole(console => console.SingleLine = true);
        builder.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        // What libraries say at lower levels comes with every agent that wakes up, and would cost more than the turn itself.
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        // It complains of a late thread in the first seconds of a start, which means nothing.
        builder.Logging.AddFilter("Orleans.Runtime.Watchdog", LogLevel.Error);
        // It names the agent whose turn at the processor was long, and with it a user.
        builder.Logging.AddFilter("Orleans.Runtime.Scheduler.WorkItemGroup", LogLevel.Error);
        // Why a start failed is the command's to say, in a line.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        if (own)
        {
            builder.Configuration[$"{AccessOptions.Section}:{nameof(AccessOptions.Mode)}"] = nameof(AccessMode.Open);
            builder.Logging.AddFilter("AgentRec.Gateway.Access", LogLevel.Error);
        }
        else
        {
            builder.Logging.AddFilter("AgentRec", LogLevel.Information);
        }
        builder.AddOtlpExport("agentrec");
        builder.AddAgentRecSilo(store);
        builder.Services.AddAgentRecGateway(builder.Configuration);
        builder.Services.AddSingleton<IReadiness, NodeReadiness>();
        var app = builder.Build();
        app.MapAgentRecGateway();
        return app;
    }
}
