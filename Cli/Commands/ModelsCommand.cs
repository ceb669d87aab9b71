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
        var place = StoreOrNode.Options();
        var command = new Command("models", "Lists the trained models of a store, or of a node that runs.") { place.Store, place.Url };
        command.SetAction((parsed, cancellationToken) => ListAsync(StoreOrNode.Of(parsed, place), cancellationToken));
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
            StoreOrNode.Of(parsed, place), _ => parsed.GetValue(version)!, parsed.GetValue(force), cancellationToken));
        return command;
    }

    private static Command Rollback((Option<string> Store, Option<string> Url) place)
    {
        var force = CommonOptions.Force();
        var command = new Command("rollback", "Makes the model the active one that was before the active one.") { force };
        command.SetAction((parsed, cancellationToken) => ActivateAsync(
            StoreOrNode.Of(parsed, place),
            models => models.Before ?? throw new CommandFailure("No other model was active before: name one with 'models activate'."),
            parsed.GetValue(force), cancellationToken));
        return command;
    }

    private static async Task<int> ListAsync(StoreOrNode place, CancellationToken cancellationToken)
    {
        await using var desk = await OpenAsync(place, cancellationToken);
        ModelTable.Print(await desk.ListAsync(cancellationToken));
        return ExitCode.Done;
    }

    private static async Task<int> ActivateAsync(StoreOrNode place, Func<ModelsView, string> choose, bool force, CancellationToken cancellationToken)
    {
        await using var desk = await OpenAsync(place, cancellationToken);
        var outcome = await desk.ActivateAsync(choose(await desk.ListAsync(cancellationToken)), force, cancellationToken);
        if (outcome.Comparison is { } comparison)
            AnsiConsole.MarkupLineInterpolated($"{comparison.InWords}.");
        AnsiConsole.MarkupLineInterpolated($"Model {outcome.Version} is {(outcome.Status is ModelActivationStatus.AlreadyActive ? "active already" : "active")}.");
        return ExitCode.Done;
    }

    private static async Task<IModelDesk> OpenAsync(StoreOrNode place, CancellationToken cancellationToken) =>
        place.Url is { } address ? new NodeModelDesk(address) : new StoreModelDesk(await place.OpenStoreAsync(cancellationToken));
}
