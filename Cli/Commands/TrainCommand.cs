using System.CommandLine;
using System.Globalization;
using AgentRec.Cli.Hosting;
using AgentRec.Cli.Terminal;
using AgentRec.Recommenders.Blending;
using AgentRec.Recommenders.Training;
using AgentRec.Silo;
using Spectre.Console;

namespace AgentRec.Cli.Commands;

/// <summary><c>agentrec train</c>: trains on a store and activates the result.</summary>
internal static class TrainCommand
{
    public static Command Create()
    {
        var store = CommonOptions.Store(required: true);
        var tenant = CommonOptions.Tenant("Whose interactions are learned from, and whose model it is.");
        var models = new Option<string[]>("--models")
        {
            Description = $"Which scorers to train and blend, separated by commas: {string.Join(", ", ScorerNames.All)}. The default is all.",
            HelpName = "LIST", AllowMultipleArgumentsPerToken = true,
        };
        var seed = CommonOptions.Seed();
        var screen = new Option<bool>("--screen") { Description = "Leaves users out who look invented: who push an item together, and are odd or have hardly rated anything else." };
        var force = CommonOptions.Force();
        var export = new Option<string>("--export") { Description = "Also write the ranking model for another host: triton is a Triton model repository. Needs --out." };
        export.AcceptOnlyFromAmong("triton");
        var output = new Option<string>("--out") { Description = "The folder of the model repository; a new version is added to what it holds.", HelpName = "DIR" };
        var command = new Command("train", "Trains, evaluates on a held-out tail, writes an artifact, and activates it unless it is worse than the active one.")
        {
            store, tenant, models, seed, screen, force, export, output,
        };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            parsed.GetValue(store)!,
            parsed.GetValue(tenant)!,
            new TrainingOptions
            {
                Seed = parsed.GetValue(seed), Scorers = [.. ModelList.Read("--models", parsed.GetValue(models), ScorerNames.All)], Screen = parsed.GetValue(screen),
            },
            parsed.GetValue(force), Repository(parsed.GetValue(export), parsed.GetValue(output)), cancellationToken));
        return command;
    }

    private static string? Repository(string? export, string? output) => (export, output) switch
    {
        (null, null) => null,
        (null, _) => throw new CommandFailure("--out says where to export to: it needs --export triton.", ExitCode.Usage),
        (_, null) => throw new CommandFailure("--export needs --out, the folder of the model repository.", ExitCode.Usage),
        var (_, folder) => folder,
    };

    private static async Task<int> RunAsync(string place, string tenant, TrainingOptions options, bool force, string? repository, CancellationToken cancellationToken)
    {
        var terms = ModelTerms.Read(force);
        await using var store = await StorePlace.OpenAsync(place, cancellationToken);
        var trained = await NodeData.TrainAsync(store, tenant, options, terms, cancellationToken);
        if (options.Screen)
            Say.Progress($"{trained.Suspects.Count:N0} users look invented and were left out");
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
            throw new CommandFailure($"{trained.Activation.Reason} Model {trained.Manifest.Version} is kept: 'agentrec models activate {trained.Manifest.Version} --store {place} --tenant {tenant} --force' serves it all the same.");
        AnsiConsole.MarkupLineInterpolated($"Model {trained.Manifest.Version} is active.");
        PrintReliability(trained.Result.Reliability);
        if (repository is not null)
        {
            var folder = RankingExport.Write(trained.Result.Model, trained.Manifest.Version, repository)
                ?? throw new CommandFailure("There is nothing to export: no ranking model was kept, the blend ranks as well or the users are too few.");
            AnsiConsole.MarkupLineInterpolated($"The ranking model lies in {folder}.");
        }
        return ExitCode.Done;
    }

    private static void PrintReliability(Reliability reliability)
    {
        var table = new Table { Title = new TableTitle("relevance on the held-out tail") }.AddColumns("predicted", "observed", "pairs");
        foreach (var bin in reliability.Bins)
        {
            table.AddRow(
                bin.Predicted.ToString("F4", CultureInfo.InvariantCulture), bin.Observed.ToString("F4", CultureInfo.InvariantCulture),
                bin.Count.ToString("N0", CultureInfo.InvariantCulture));
        }
        AnsiConsole.Write(table);
    }
}
