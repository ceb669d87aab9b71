using System.CommandLine;
using System.Text.Json;
using AgentRec.Cli.Hosting;
using AgentRec.Cli.Terminal;
using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Operations;
using AgentRec.Silo.Clustering;
using AgentRec.Storage.PostgreSql;
using Microsoft.Extensions.Configuration;

namespace AgentRec.Cli.Commands;

/// <summary><c>agentrec cluster</c>: shows the silos of a cluster.</summary>
internal static class ClusterCommand
{
    // A gateway repeats a call that a silo leaves unanswered.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    // A silo says that it is alive once in a period.
    private const int SilentPeriods = 6;

    private static readonly JsonSerializerOptions Indented = new(DomainJson.Options) { WriteIndented = true };

    public static Command Create()
    {
        var url = new Option<string>("--url")
        {
            Description = $"The address of a node or gateway. Where it needs an access key, {NodeClient.KeyVariable} holds one with the scope 'admin'.", HelpName = "URL",
        };
        var store = new Option<string>("--store")
        {
            Description = "'postgresql': reads the list of silos from the database instead, where no gateway answers. Its connection string is read from AGENTREC_Store__ConnectionString or appsettings.json.",
            HelpName = "postgresql",
        };
        store.AcceptOnlyFromAmong(StorePlace.PostgreSql);
        var json = new Option<bool>("--json") { Description = "Prints JSON instead of a table." };
        var status = new Command("status", "Shows which silos there are, whether each is ready, which model it serves, and how many agents live on it.") { url, store, json };
        status.SetAction((parsed, cancellationToken) => (parsed.GetValue(url), parsed.GetValue(store)) switch
        {
            ({ } address, null) => ShowAsync(StoreOrNode.Address(address), parsed.GetValue(json), cancellationToken),
            (null, { }) => ReadAsync(parsed.GetValue(json), cancellationToken),
            _ => throw new CommandFailure("Name either a node or gateway with --url or the database with --store postgresql.", ExitCode.Usage),
        });
        return new Command("cluster", "Shows how a running cluster is.") { status };
    }

    /// <summary>Shows, and fails where the cluster is not as it should be: for scripts that wait for it.</summary>
    private static async Task<int> ShowAsync(Uri address, bool json, CancellationToken cancellationToken)
    {
        using var node = new NodeClient(address, Patience);
        var report = await node.AskAsync(api => api.GetAsync<ClusterReport>("/v1/cluster", cancellationToken));
        if (json)
            Console.WriteLine(JsonSerializer.Serialize(report, Indented));
        else
            ClusterTable.Print(report);
        return !report.Silos.IsEmpty && report.Silos.All(static silo => silo.Ready) ? ExitCode.Done : ExitCode.Failed;
    }

    /// <summary>Shows what the database says, and fails where a silo that it lists is not active or has been silent.</summary>
    private static async Task<int> ReadAsync(bool json, CancellationToken cancellationToken)
    {
        var terms = StorePlace.ReadConfiguration().GetSection(MembershipOptions.Section).Get<MembershipOptions>() ?? new MembershipOptions();
        var members = await ListedSilos.ReadAsync(StorePlace.ReadOptions(), terms.Id, cancellationToken);
        var greatestSilence = SilentPeriods * TimeSpan.FromMilliseconds(terms.AliveMilliseconds);
        if (json)
            Console.WriteLine(JsonSerializer.Serialize(new { cluster = terms.Id, members }, Indented));
        else
            MemberTable.Print(terms.Id, members, greatestSilence);
        var present = members.Where(static member => member.IsPresent).ToArray();
        return present.Length > 0 && Array.TrueForAll(present, member => member.IsWell(greatestSilence)) ? ExitCode.Done : ExitCode.Failed;
    }
}
