using System.CommandLine;
using System.Text.Json;
using AgentRec.Cli.Hosting;
using AgentRec.Cli.Terminal;
using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Operations;

namespace AgentRec.Cli.Commands;

/// <summary><c>agentrec cluster</c>: shows the silos of a cluster.</summary>
internal static class ClusterCommand
{
    // A gateway repeats a call that a silo leaves unanswered.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static Command Create()
    {
        var url = new Option<string>("--url")
        {
            Description = $"The address of a node or gateway. Where it needs an access key, {NodeClient.KeyVariable} holds one with the scope 'admin'.", HelpName = "URL", Required = true,
        };
        var json = new Option<bool>("--json") { Description = "Prints JSON instead of a table." };
        var status = new Command("status", "Shows which silos there are, whether each is ready, which model it serves, and how many agents live on it.") { url, json };
        status.SetAction((parsed, cancellationToken) => ShowAsync(StoreOrNode.Address(parsed.GetValue(url)!), parsed.GetValue(json), cancellationToken));
        return new Command("cluster", "Shows how a running cluster is.") { status };
    }

    /// <summary>Shows, and fails where the cluster is not as it should be: for scripts that wait for it.</summary>
    private static async Task<int> ShowAsync(Uri address, bool json, CancellationToken cancellationToken)
    {
        using var node = new NodeClient(address, Patience);
        var report = await node.AskAsync(api => api.GetAsync<ClusterReport>("/v1/cluster", cancellationToken));
        if (json)
            Console.WriteLine(JsonSerializer.Serialize(report, new JsonSerializerOptions(DomainJson.Options) { WriteIndented = true }));
        else
            ClusterTable.Print(report);
        return !report.Silos.IsEmpty && report.Silos.All(static silo => silo.Ready) ? ExitCode.Done : ExitCode.Failed;
    }
}
