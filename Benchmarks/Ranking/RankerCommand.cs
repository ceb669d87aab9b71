using System.CommandLine;
using System.Text.Json;

namespace AgentRec.Benchmarks.Ranking;

/// <summary><c>ranker</c>: what a candidate costs through the Ranker host, against the same model in process.</summary>
internal static class RankerCommand
{
    private const int GreatestSeconds = 600;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var seconds = new Option<int>("--seconds")
        {
            Description = $"How long each figure is measured, 1 to {GreatestSeconds}.", HelpName = "N", DefaultValueFactory = _ => 5,
        };
        seconds.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > GreatestSeconds)
                result.AddError($"--seconds must be from 1 to {GreatestSeconds}.");
        });
        var json = new Option<string>("--json") { Description = "Where to write the figures as JSON.", HelpName = "FILE" };
        var command = new Command("ranker", "Scores 200 candidates a call by 64 callers, in process and through a Ranker host over gRPC on loopback.") { seconds, json };
        command.SetAction((parsed, cancellationToken) => RunAsync(TimeSpan.FromSeconds(parsed.GetValue(seconds)), parsed.GetValue(json), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(TimeSpan duration, string? json, CancellationToken cancellationToken)
    {
        var figures = await new RankerBenchmark(duration).RunAsync(cancellationToken);
        if (json is not null)
            await File.WriteAllTextAsync(json, JsonSerializer.Serialize(figures, Json), cancellationToken);
        FigureTable.Print(figures);
        return 0;
    }
}
