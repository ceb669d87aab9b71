using System.CommandLine;
using System.Text.Json;
using AgentRec.Cli.Terminal;
using AgentRec.Cli.Hosting;
using AgentRec.Domain;

namespace AgentRec.Cli.Commands;

/// <summary><c>agentrec recommend</c>: one negotiated slate on the terminal.</summary>
internal static class RecommendCommand
{
    public static Command Create()
    {
        var store = CommonOptions.Store(required: true);
        var tenant = CommonOptions.Tenant("Whose items are recommended.");
        var user = new Option<string>("--user") { Description = "The user; an unknown one is a new user.", HelpName = "ID", Required = true };
        var size = new Option<int>("--k") { Description = $"The slate's size, 1 to {TurnRequest.GreatestSlateSize}.", HelpName = "N", DefaultValueFactory = _ => TurnRequest.DefaultSlateSize };
        var policy = new Option<string>("--policy") { Description = "The rule set, by name.", HelpName = "NAME" };
        var message = new Option<string>("--message") { Description = "What is wanted, in plain language.", HelpName = "TEXT" };
        var json = new Option<bool>("--json") { Description = "Prints the turn as JSON on standard output." };
        var command = new Command("recommend", "Negotiates one slate for a user and shows it with its reasons.") { store, tenant, user, size, message, policy, json };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            parsed.GetValue(store)!, parsed.GetValue(tenant)!, parsed.GetValue(user)!, parsed.GetValue(size), parsed.GetValue(message), parsed.GetValue(policy), parsed.GetValue(json), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        string place, string tenant, string user, int size, string? message, string? policy, bool json, CancellationToken cancellationToken)
    {
        if (size is < 1 or > TurnRequest.GreatestSlateSize)
            throw new CommandFailure($"--k: {size} is not from 1 to {TurnRequest.GreatestSlateSize}.", ExitCode.Usage);
        if (Identifier.Problem(user) is { } problem)
            throw new CommandFailure($"--user: the id {problem}.", ExitCode.Usage);
        await using var store = await StorePlace.OpenExistingAsync(place, cancellationToken);
        if (await store.Artifacts.ActiveAsync(tenant, cancellationToken) is null)
            throw new CommandFailure($"The {store.Name} has no trained model of tenant '{tenant}': run 'agentrec train --store {place} --tenant {tenant}'.");
        await using var node = await LocalNode.StartAsync(store, tenant, cancellationToken);
        var session = await node.Api.OpenSessionAsync(user, cancellationToken);
        var turn = await node.Api.TurnAsync(session, new { slateSize = size, message, policy }, cancellationToken);
        if (json)
            Console.WriteLine(JsonSerializer.Serialize(turn, DomainJson.Options));
        else
            SlateTable.Print(turn);
        return ExitCode.Done;
    }
}
