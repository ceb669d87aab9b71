using System.CommandLine;
using System.Text.Json;

namespace AgentRec.Benchmarks.Turns;

/// <summary><c>turns</c>: how many turns a node negotiates, how long they take, and where the time goes.</summary>
internal static class TurnsCommand
{
    private const int GreatestSeconds = 600;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var data = new Option<string>("--data") { Description = "The data folder that the node imports.", HelpName = "DIR", Required = true };
        var seconds = new Option<int>("--seconds")
        {
            Description = $"How long each figure is measured, 1 to {GreatestSeconds}.", HelpName = "N", DefaultValueFactory = _ => 10,
        };
        seconds.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > GreatestSeconds)
                result.AddError($"--seconds must be from 1 to {GreatestSeconds}.");
        });
        var json = new Option<string>("--json") { Description = "Where to write the report as JSON.", HelpName = "FILE" };
        var command = new Command("turns", "Starts a node on a temporary store and drives turns over HTTP, 1, 16 and 64 at a time.") { data, seconds, json };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            parsed.GetValue(data)!, TimeSpan.FromSeconds(parsed.GetValue(seconds)), parsed.GetValue(json), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string data, TimeSpan duration, string? json, CancellationToken cancellationToken)
    {
        var report = await new TurnsBenchmark(data, duration).RunAsync(cancellationToken);
        if (json is not null)
            await File.WriteAllTextAsync(json, JsonSerializer.Serialize(report, Json), cancellationToken);
        TurnsTable.Print(report);
        return 0;
    }
}
