using System.CommandLine;
using AgentRec.Cli.Hosting;
using AgentRec.Cli.Terminal;
using AgentRec.Grains.Abstractions.Models;
using Spectre.Console;

namespace AgentRec.Cli.Commands;

/// <summary><c>agentrec models</c>: lists the models, and chooses the one that is served.</summary>
internal static class ModelsCommand
{
    public static Command Create()
    {
        var (store, url) = StoreOrNode.Options();
        var options = (Store: store, Url: url, Tenant: CommonOptions.Tenant("Whose models they are. Through --url the access key says so."));
        options.Tenant.Recursive = true;
        var command = new Command("models", "Lists the trained models of a store, or of a node that runs.") { options.Store, options.Url, options.Tenant };
        command.SetAction((parsed, cancellationToken) => ListAsync(Where(parsed, options), cancellationToken));
        command.Add(Activate(options));
        command.Add(Rollback(options));
        return command;
    }

    private static Command Activate((Option<string> Store, Option<string> Url, Option<string> Tenant) options)
    {
        var version = new Argument<string>("VERSION") { Description = "The model's version." };
        var force = CommonOptions.Force();
        var command = new Command("activate", "Makes a model the active one, after it was loaded and tried. A node that runs serves it at once.") { version, force };
        command.SetAction((parsed, cancellationToken) => ActivateAsync(
            Where(parsed, options), _ => parsed.GetValue(version)!, parsed.GetValue(force), cancellationToken));
        return command;
    }

    private static Command Rollback((Option<string> Store, Option<string> Url, Option<string> Tenant) options)
    {
        var force = CommonOptions.Force();
        var command = new Command("rollback", "Makes the model the active one that was before the active one.") { force };
        command.SetAction((parsed, cancellationToken) => ActivateAsync(
            Where(parsed, options),
            models => models.Before ?? throw new CommandFailure("No other model was active before: name one with 'models activate'."),
            parsed.GetValue(force), cancellationToken));
        return command;
    }

    private static async Task<int> ListAsync(Place place, CancellationToken cancellationToken)
    {
        await using var desk = await OpenAsync(place, cancellationToken);
        ModelTable.Print(await desk.ListAsync(cancellationToken));
        return ExitCode.Done;
    }

    private static async Task<int> ActivateAsync(Place place, Func<ModelsView, string> choose, bool force, CancellationToken cancellationToken)
    {
        await using var desk = await OpenAsync(place, cancellationToken);
        var outcome = await desk.ActivateAsync(choose(await desk.ListAsync(cancellationToken)), force, cancellationToken);
        if (outcome.Comparison is { } comparison)
            AnsiConsole.MarkupLineInterpolated($"{comparison.InWords}.");
        AnsiConsole.MarkupLineInterpolated($"Model {outcome.Version} is {(outcome.Status is ModelActivationStatus.AlreadyActive ? "active already" : "active")}.");
        return ExitCode.Done;
    }

    private static Place Where(ParseResult parsed, (Option<string> Store, Option<string> Url, Option<string> Tenant) options)
    {
        var where = StoreOrNode.Of(parsed, (options.Store, options.Url));
        return where.Url is null || parsed.GetResult(options.Tenant) is null or { Implicit: true }
            ? new Place(where, parsed.GetValue(options.Tenant)!)
            : throw new CommandFailure("--tenant goes with --store: through --url the access key says whose models they are.", ExitCode.Usage);
    }

    private static async Task<IModelDesk> OpenAsync(Place place, CancellationToken cancellationToken) =>
        place.Where.Url is { } address ? new NodeModelDesk(address) : new StoreModelDesk(await place.Where.OpenStoreAsync(cancellationToken), place.Tenant);

    /// <summary>Where the models are, and whose.</summary>
    private sealed record Place(StoreOrNode Where, string Tenant);
}
