using System.CommandLine;
using AgentRec.Cli.Terminal;
using AgentRec.Cli.Hosting;
using AgentRec.Domain;
using AgentRec.Gateway;
using AgentRec.Silo;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace AgentRec.Cli.Commands;

/// <summary><c>agentrec up</c>: an all-in-one node.</summary>
internal static class UpCommand
{
    private const string DefaultUrl = "http://127.0.0.1:5080";

    public static Command Create()
    {
        var data = CommonOptions.Data(required: false);
        var store = CommonOptions.Store(required: false);
        store.Description += " The default is .agentrec/ and the name of the data folder, below the current one.";
        var tenant = CommonOptions.Tenant("Whose calls they are that need no key, and whose data is imported and trained on where there is none yet.");
        tenant.DefaultValueFactory = _ => StorePlace.ReadConfiguration()[$"{GatewayOptions.Section}:{nameof(GatewayOptions.Tenant)}"] ?? Identifier.DefaultTenant;
        var urls = new Option<string>("--urls") { Description = "Where to listen. Elsewhere than on this machine needs an access key (see keys create) or tokens (Access:Jwt).", HelpName = "URL", DefaultValueFactory = _ => DefaultUrl };
        var command = new Command("up", "Starts an all-in-one node; imports and trains first when the store is empty. Without --data the bundled sample is served.")
        {
            data, store, tenant, urls,
        };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            parsed.GetValue(data), parsed.GetValue(store), parsed.GetValue(tenant)!, parsed.GetValue(urls)!, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string? data, string? place, string tenant, string urls, CancellationToken cancellationToken)
    {
        CheckUrls(urls);
        await using var store = await StorePlace.OpenAsync(place ?? NodeData.DefaultStore(data), cancellationToken);
        await NodeData.PrepareAsync(store, tenant, data, cancellationToken);
        await using var node = Node.Build(store, urls, tenant, own: false);
        try
        {
            await node.StartAsync(cancellationToken);
        }
        catch
        {
            // What has started leaves in order: a silo takes itself off the list of those that run. Wrong options start nothing.
            if (node.Services.GetRequiredService<SiloStartup>().IsComplete)
                await StopWhatStartedAsync(node);
            throw;
        }
        Say.Progress($"listening on {string.Join(", ", node.Urls)}; the API is described at /docs; stop with Ctrl+C");
        // Ctrl+C and SIGTERM both end here: open turns finish, agents store what they know, then the store closes.
        await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        await node.StopAsync(CancellationToken.None);
        return ExitCode.Done;
    }

    private static async Task StopWhatStartedAsync(WebApplication node)
    {
        try
        {
            await node.StopAsync(CancellationToken.None);
        }
        catch (Exception exception) when (exception is InvalidOperationException or AggregateException)
        {
            // A part that never ran cannot stop. What went wrong first is what is told.
        }
    }

    private static void CheckUrls(string urls)
    {
        foreach (var url in urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
                throw new CommandFailure($"--urls: '{url}' is not an address such as {DefaultUrl}.", ExitCode.Usage);
        }
    }
}
