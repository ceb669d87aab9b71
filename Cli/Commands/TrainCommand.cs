using System.CommandLine;
using System.Globalization;
using AgentRec.Cli.Hosting;
using AgentRec.Recommenders.Training;
using AgentRec.Storage;
using Spectre.Console;

namespace AgentRec.Cli.Commands;

/// <summary><c>agentrec train</c>: trains on a store and activates the result.</summary>
internal static class TrainCommand
{
    public static Command Create()
    {
        var store = CommonOptions.Store(required: true);
        var models = new Option<string[]>("--models")
        {
            Description = $"Which scorers to train and blend, separated by commas: {string.Join(", ", ScorerNames.All)}. The default is all.",
            HelpName = "LIST", AllowMultipleArgumentsPerToken = true,
        };
        var seed = CommonOptions.Seed();
        var force = CommonOptions.Force();
        var command = new Command("train", "Trains, evaluates on a held-out tail, writes an artifact, and activates it unless it is worse than the active one.") { store, models, seed, force };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            parsed.GetValue(store)!, ModelList.Read("--models", parsed.GetValue(models), ScorerNames.All), parsed.GetValue(seed), parsed.GetValue(force), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string directory, IReadOnlyList<string> models, ulong seed, bool force, CancellationToken cancellationToken)
    {
        var terms = ModelTerms.Read(force);
        await using var store = await EmbeddedStore.OpenAsync(directory, TimeProvider.System, cancellationToken);
        var trained = await NodeData.TrainAsync(store, new TrainingOptions { Seed = seed, Scorers = [.. models] }, terms, cancellationToken);
        var table = new Table().AddColumns("model", "NDCG@10 on the held-out tail", "seconds", "parameters");
        foreach (var stage in trained.Result.Stages)
        {
            table.AddRow(
                stage.Name,
                stage.ValidationNdcg.ToString("F4", CultureInfo.InvariantCulture),
                stage.FitSeconds.ToString("F1", CultureInfo.InvariantCulture),
                string.Join(" ", stage.Parameters.Select(parameter => string.Create(CultureInfo.InvariantCulture, $"{parameter.Key}={parameter.Value:G4}"))));
        }
        AnsiConsole.Write(table);
        if (!trained.Activation.IsActive)
            throw new CommandFailure($"{trained.Activation.Reason} Model {trained.Manifest.Version} is kept: 'agentrec models activate {trained.Manifest.Version} --store {directory} --force' serves it all the same.");
        AnsiConsole.MarkupLineInterpolated($"Model {trained.Manifest.Version} is active.");
        return ExitCode.Done;
    }
}
