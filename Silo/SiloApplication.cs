using AgentRec.Grains.Abstractions.Storage;
using AgentRec.Storage;
using AgentRec.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AgentRec.Silo;

/// <summary>The silo as a process of its own: the agents, on a store, with nothing but its health over HTTP.</summary>
public static class SiloApplication
{
    private const string DefaultUrl = "http://127.0.0.1:5090";
    private const int Failed = 1;

    // Longer than a turn may take: what runs when the silo is told to stop ends or is handed back.
    internal static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(45);

    /// <summary>Runs a silo until it is told to stop.</summary>
    /// <param name="args">The command line: <c>--urls URL</c> for its health, or any setting as <c>--SECTION:NAME VALUE</c>. The environment sets the same with the prefix <c>AGENTREC_</c>.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            var builder = WebApplication.CreateSlimBuilder([SiloHosting.SettingsReadOnce, .. args]);
            builder.Configuration.AddEnvironmentVariables("AGENTREC_").AddCommandLine(args);
            await using var store = await StoreSettings.OpenAsync(StoreSettings.Read(builder.Configuration), CancellationToken.None);
            await using var silo = Build(builder, store);
            await silo.RunAsync();
            return 0;
        }
        catch (Exception exception) when (exception is OptionsValidationException or StoreInUseException or StoreVersionException or StoreUnavailableException)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return Failed;
        }
    }

    private static WebApplication Build(WebApplicationBuilder builder, Store store)
    {
        if (builder.Configuration[WebHostDefaults.ServerUrlsKey] is null)
            builder.WebHost.UseUrls(DefaultUrl);
        builder.Logging.AddSimpleConsole(console => console.SingleLine = true);
        // What libraries say at lower levels comes with every agent that wakes up, and would cost more than the turn itself.
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddFilter("AgentRec", LogLevel.Information);
        // It complains of a late thread in the first seconds of a start, which means nothing.
        builder.Logging.AddFilter("Orleans.Runtime.Watchdog", LogLevel.Error);
        // It names the agent whose turn at the processor was long, and with it a user.
        builder.Logging.AddFilter("Orleans.Runtime.Scheduler.WorkItemGroup", LogLevel.Error);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = StopLimit);
        builder.AddOtlpExport("agentrec-silo");
        builder.AddAgentRecSilo(store);
        var silo = builder.Build();
        silo.MapGet("/health/live", static () => TypedResults.Ok(new SiloHealth("live", [])));
        silo.MapGet("/health/ready", Ready);
        return silo;
    }

    private static IResult Ready(SiloReadiness readiness, IHostApplicationLifetime life)
    {
        IReadOnlyList<string> missing = life.ApplicationStopping.IsCancellationRequested ? ["The silo is stopping."] : readiness.Reasons;
        return missing.Count == 0
            ? TypedResults.Ok(new SiloHealth("ready", readiness.Notes))
            : TypedResults.Json(new SiloHealth("not-ready", missing), statusCode: StatusCodes.Status503ServiceUnavailable);
    }

    /// <summary>How the silo is.</summary>
    /// <param name="Status"><c>live</c>, <c>ready</c> or <c>not-ready</c>.</param>
    /// <param name="Notes">What is missing, or what an operator should know.</param>
    private sealed record SiloHealth(string Status, IReadOnlyList<string> Notes);
}
