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
        var place = Place.Options();
        var command = new Command("models", "Lists the trained models of a store, or of a node that runs.") { place.Store, place.Url };
        command.SetAction((parsed, cancellationToken) => ListAsync(Place.Of(parsed, place), cancellationToken));
        command.Add(Activate(place));
        command.Add(Rollback(place));
        return command;
    }

    private static Command Activate((Option<string> Store, Option<string> Url) place)
    {
        var version = new Argument<string>("VERSION") { Description = "The model's version." };
        var force = CommonOptions.Force();
        var command = new Command("activate", "Makes a model the active one, after it was loaded and tried. A node that runs serves it at once.") { version, force };
        command.SetAction((parsed, cancellationToken) => ActivateAsync(
            Place.Of(parsed, place), _ => parsed.GetValue(version)!, parsed.GetValue(force), cancellationToken));
        return command;
    }

    private static Command Rollback((Option<string> Store, Option<string> Url) place)
    {
        var force = CommonOptions.Force();
        var command = new Command("rollback", "Makes the model the active one that was before the active one.") { force };
        command.SetAction((parsed, cancellationToken) => ActivateAsync(
            Place.Of(parsed, place),
            models => models.Before ?? throw new CommandFailure("No other model was active before: name one with 'models activate'."),
            parsed.GetValue(force), cancellationToken));
        return command;
    }

    private static async Task<int> ListAsync(Place place, CancellationToken cancellationToken)
    {
        await using var desk = await place.OpenAsync(cancellationToken);
        ModelTable.Print(await desk.ListAsync(cancellationToken));
        return ExitCode.Done;
    }

    private static async Task<int> ActivateAsync(Place place, Func<ModelsView, string> choose, bool force, CancellationToken cancellationToken)
    {
        await using var desk = await place.OpenAsync(cancellationToken);
        var outcome = await desk.ActivateAsync(choose(await desk.ListAsync(cancellationToken)), force, cancellationToken);
        if (outcome.Comparison is { } comparison)
            AnsiConsole.MarkupLineInterpolated($"{comparison.InWords}.");
        AnsiConsole.MarkupLineInterpolated($"Model {outcome.Version} is {(outcome.Status is ModelActivationStatus.AlreadyActive ? "active already" : "active")}.");
        return ExitCode.Done;
    }

    /// <summary>Where the models are: exactly one of a store and a node.</summary>
    private sealed record Place(string? Store, Uri? Url)
    {
        public static (Option<string> Store, Option<string> Url) Options()
        {
            var store = CommonOptions.Store(required: false);
            store.Recursive = true;
            return (store, new Option<string>("--url") { Description = "The address of a node that runs, instead of its store.", HelpName = "URL", Recursive = true });
        }

        public static Place Of(ParseResult parsed, (Option<string> Store, Option<string> Url) options)
        {
            var (store, url) = (parsed.GetValue(options.Store), parsed.GetValue(options.Url));
            if (store is null == url is null)
                throw new CommandFailure("Name either a store with --store or a node that runs with --url.", ExitCode.Usage);
            if (url is null)
                return new Place(store, null);
            return Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
                ? new Place(null, address)
                : throw new CommandFailure($"--url: '{url}' is not an address such as http://127.0.0.1:5080.", ExitCode.Usage);
        }

        public async Task<IModelDesk> OpenAsync(CancellationToken cancellationToken) =>
            Url is { } address ? new NodeModelDesk(address) : await StoreModelDesk.OpenAsync(Store!, cancellationToken);
    }
}
