using System.CommandLine;
using AgentRec.Cli.Hosting;
using AgentRec.Cli.Terminal;
using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Access;
using AgentRec.Silo;
using Spectre.Console;

namespace AgentRec.Cli.Commands;

/// <summary><c>agentrec keys</c>: makes, lists and revokes access keys.</summary>
internal static class KeysCommand
{
    private const int GreatestDays = 3_650;

    public static Command Create()
    {
        var place = StoreOrNode.Options();
        return new Command("keys", "Makes, lists and revokes the access keys of a store, or of a node that runs, and rotates the key that signs certificates. From the first access key on, callers need one.")
        {
            place.Store, place.Url, Make(place), List(place), Revoke(place), Rotate(place),
        };
    }

    private static Command Make((Option<string> Store, Option<string> Url) place)
    {
        var name = new Option<string>("--name") { Description = "What people call the key.", HelpName = "NAME", Required = true };
        var scopes = new Option<string>("--scopes")
        {
            Description = $"What its holder may do, separated by commas: {AccessScopeNames.All}. 'admin' includes the others.", HelpName = "LIST", Required = true,
        };
        var tenant = new Option<string>("--tenant") { Description = "The tenant that its calls belong to. Without it: the default tenant, or the tenant of the key that asks.", HelpName = "ID" };
        var expires = new Option<int?>("--expires") { Description = "After how many days the key is not taken any more. Without it: never.", HelpName = "DAYS" };
        var command = new Command("create", "Makes a key and prints it, once: only a digest of it is stored.") { name, scopes, tenant, expires };
        command.SetAction((parsed, cancellationToken) => MakeAsync(
            StoreOrNode.Of(parsed, place), Wanted(parsed.GetValue(name)!, parsed.GetValue(scopes)!, parsed.GetValue(tenant), parsed.GetValue(expires)), cancellationToken));
        return command;
    }

    private static Command List((Option<string> Store, Option<string> Url) place)
    {
        var command = new Command("list", "Lists the keys, without their secrets.");
        command.SetAction((parsed, cancellationToken) => ListAsync(StoreOrNode.Of(parsed, place), cancellationToken));
        return command;
    }

    private static Command Revoke((Option<string> Store, Option<string> Url) place)
    {
        var id = new Argument<string>("ID") { Description = "The key's id: the digits between 'arec_' and the next '_'." };
        var command = new Command("revoke", "Revokes a key. Nodes that run refuse it after Access:CacheSeconds at the latest.") { id };
        command.SetAction((parsed, cancellationToken) => RevokeAsync(StoreOrNode.Of(parsed, place), parsed.GetValue(id)!, cancellationToken));
        return command;
    }

    private static Command Rotate((Option<string> Store, Option<string> Url) place)
    {
        var command = new Command("rotate", "Adds a new key that signs certificates from now on. Silos that run on the database take it up within a minute; certificates of the old key stay valid. It needs --store.");
        command.SetAction((parsed, cancellationToken) => RotateAsync(StoreOrNode.Of(parsed, place), cancellationToken));
        return command;
    }

    private static async Task<int> RotateAsync(StoreOrNode place, CancellationToken cancellationToken)
    {
        if (place.Url is not null)
            throw new CommandFailure("A signing key is made on a store: name it with --store.", ExitCode.Usage);
        await using var store = await place.OpenStoreAsync(cancellationToken);
        AnsiConsole.MarkupLineInterpolated($"Certificates are signed with key {await SigningKeyRotation.RunAsync(store, TimeProvider.System, cancellationToken)} from now on.");
        return ExitCode.Done;
    }

    private static async Task<int> MakeAsync(StoreOrNode place, WantedKey wanted, CancellationToken cancellationToken)
    {
        await using var desk = await OpenAsync(place, cancellationToken);
        Console.WriteLine(await desk.CreateAsync(wanted, cancellationToken));
        Say.Progress("This is the only time that the key is shown. Send it as 'Authorization: Bearer KEY'.");
        return ExitCode.Done;
    }

    private static async Task<int> ListAsync(StoreOrNode place, CancellationToken cancellationToken)
    {
        await using var desk = await OpenAsync(place, cancellationToken);
        KeyTable.Print(await desk.ListAsync(cancellationToken));
        return ExitCode.Done;
    }

    private static async Task<int> RevokeAsync(StoreOrNode place, string id, CancellationToken cancellationToken)
    {
        await using var desk = await OpenAsync(place, cancellationToken);
        await desk.RevokeAsync(id, cancellationToken);
        AnsiConsole.MarkupLineInterpolated($"Key {id} is revoked.");
        return ExitCode.Done;
    }

    private static async Task<IKeyDesk> OpenAsync(StoreOrNode place, CancellationToken cancellationToken) =>
        place.Url is { } address ? new NodeKeyDesk(address) : new StoreKeyDesk(await place.OpenStoreAsync(cancellationToken));

    private static WantedKey Wanted(string name, string scopes, string? tenant, int? days)
    {
        if (string.IsNullOrWhiteSpace(name) || name.Length > AccessKey.GreatestName)
            throw new CommandFailure($"--name must have 1 to {AccessKey.GreatestName} characters.", ExitCode.Usage);
        if (tenant is not null && Identifier.Problem(tenant) is { } problem)
            throw new CommandFailure($"--tenant {problem}.", ExitCode.Usage);
        if (days is < 1 or > GreatestDays)
            throw new CommandFailure($"--expires is {days}: it must be from 1 to {GreatestDays} days.", ExitCode.Usage);
        var granted = AccessScopes.None;
        foreach (var scope in scopes.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            granted |= AccessScopeNames.Parse(scope) is var known and not AccessScopes.None
                ? known
                : throw new CommandFailure($"--scopes: '{scope}' is none of {AccessScopeNames.All}.", ExitCode.Usage);
        }
        return granted is AccessScopes.None
            ? throw new CommandFailure($"--scopes must name one or more of {AccessScopeNames.All}.", ExitCode.Usage)
            : new WantedKey(name, granted, tenant, days);
    }
}
