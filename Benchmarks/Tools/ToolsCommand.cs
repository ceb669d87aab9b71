using System.CommandLine;
using System.Text.Json;

namespace AgentRec.Benchmarks.Tools;

/// <summary><c>tools</c>: what the tools of the agents cost, each against a peer or a limit, in one run.</summary>
internal static class ToolsCommand
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var data = new Option<string>("--data")
        {
            Description = "The data folder whose model is measured; it is trained first, which takes minutes.", HelpName = "DIR",
            DefaultValueFactory = _ => "../shared/data/ml-latest-small",
        };
        var json = new Option<string>("--json") { Description = "Where to write the figures as JSON.", HelpName = "FILE" };
        var command = new Command("tools", "Measures vector search, fitting, scoring and ranking, with references in the same run.") { data, json };
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed.GetValue(data)!, parsed.GetValue(json), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string data, string? json, CancellationToken cancellationToken)
    {
        Figure[] figures =
        [
            .. await SearchBenchmark.RunAsync(cancellationToken),
            .. await TrainingBenchmark.RunAsync(cancellationToken),
            .. await ScoringBenchmark.Train(data, cancellationToken).RunAsync(cancellationToken),
        ];
        if (json is not null)
            await File.WriteAllTextAsync(json, JsonSerializer.Serialize(figures, Json), cancellationToken);
        FigureTable.Print(figures);
        return 0;
    }
}
