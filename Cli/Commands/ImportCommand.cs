using System.CommandLine;
using System.Text.Json;
using AgentRec.Cli.Hosting;
using AgentRec.Domain;
using AgentRec.Import;

namespace AgentRec.Cli.Commands;

/// <summary><c>agentrec import</c>: loads a data folder into a store.</summary>
internal static class ImportCommand
{
    public static Command Create()
    {
        var data = CommonOptions.Data(required: true);
        var store = CommonOptions.Store(required: true);
        var tenant = CommonOptions.Tenant("Whose items and interactions they are.");
        var format = new Option<DataFormat>("--format") { Description = "auto, movielens or generic.", DefaultValueFactory = _ => DataFormat.Auto };
        var json = new Option<bool>("--json") { Description = "Prints the counts as JSON on standard output." };
        var command = new Command("import", "Loads items and interactions; prints counts, and every row left out with file, line and reason.") { data, store, tenant, format, json };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            parsed.GetValue(data)!, parsed.GetValue(store)!, parsed.GetValue(tenant)!, parsed.GetValue(format), parsed.GetValue(json), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string data, string place, string tenant, DataFormat format, bool json, CancellationToken cancellationToken)
    {
        var folder = DataFolder.Open(data, format);
        await using var store = await StorePlace.OpenAsync(place, cancellationToken);
        var (result, rejected) = await NodeData.ImportAsync(store, tenant, folder, cancellationToken);
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(
                new { items = result.Items, interactions = new { result.Accepted, result.Duplicates }, result.Users, rejectedRows = rejected }, DomainJson.Options));
        }
        else
        {
            Console.WriteLine($"items: {result.Items.Added} added, {result.Items.Changed} changed, {result.Items.Unchanged} unchanged");
            Console.WriteLine($"interactions: {result.Accepted} accepted, {result.Duplicates} duplicates, of {result.Users} users");
            Console.WriteLine($"rows left out: {rejected}");
        }
        return ExitCode.Done;
    }
}
