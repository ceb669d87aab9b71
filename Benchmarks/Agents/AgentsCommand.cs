using System.CommandLine;
using System.Text.Json;

namespace AgentRec.Benchmarks.Agents;

/// <summary><c>agents</c>: what a user's agent takes, awake and stored.</summary>
internal static class AgentsCommand
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var users = Number("--users", "How many users.", 20_000, 1_000, 1_000_000);
        var interactions = Number("--interactions", "How many interactions each has.", 200, 1, 2_000);
        var json = new Option<string>("--json") { Description = "Where to write the figures as JSON.", HelpName = "FILE" };
        var command = new Command("agents", "Wakes user agents in a silo of this process, on a temporary store, and measures what each takes.") { users, interactions, json };
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed.GetValue(users), parsed.GetValue(interactions), parsed.GetValue(json), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(int users, int interactions, string? json, CancellationToken cancellationToken)
    {
        var figures = await new AgentsBenchmark(users, interactions).RunAsync(cancellationToken);
        if (json is not null)
            await File.WriteAllTextAsync(json, JsonSerializer.Serialize(figures, Json), cancellationToken);
        FigureTable.Print(figures);
        return 0;
    }

    private static Option<int> Number(string name, string description, int usual, int least, int greatest)
    {
        var option = new Option<int>(name) { Description = description, HelpName = "N", DefaultValueFactory = _ => usual };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is var number && (number < least || number > greatest))
                result.AddError($"{name} must be from {least} to {greatest}.");
        });
        return option;
    }
}
