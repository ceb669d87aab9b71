using System.CommandLine;
using System.Text.Json;
using AgentRec.Tests.PostgreSql;

namespace AgentRec.Benchmarks.Cluster;

/// <summary><c>cluster</c>: what distribution costs.</summary>
internal static class ClusterCommand
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var data = new Option<string>("--data") { Description = "The data folder to import.", HelpName = "DIR", Required = true };
        var models = new Option<string>("--models") { Description = "Scorers to train, comma-separated; the fewer, the more distribution weighs.", HelpName = "LIST", DefaultValueFactory = static _ => "popularity,itemknn" };
        var silos = Count("--silos", "Silos of the cluster", 3, 9);
        var sessions = Count("--sessions", "Turns under way at once", 32, 256);
        var rounds = Count("--rounds", "Rounds of each shape", 5, 100);
        var seconds = Count("--seconds", "Seconds of each round", 8, 600);
        var json = new Option<string>("--json") { Description = "Where to write the report as JSON.", HelpName = "FILE" };
        var command = new Command("cluster", "Drives turns through one process, and through silos and a gateway, on a PostgreSQL server of its own, in turns.")
        {
            data, models, silos, sessions, rounds, seconds, json,
        };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            new ClusterTerms(
                parsed.GetValue(data)!, parsed.GetValue(models)!, parsed.GetValue(silos), parsed.GetValue(sessions), parsed.GetValue(rounds),
                TimeSpan.FromSeconds(parsed.GetValue(seconds))),
            parsed.GetValue(json), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ClusterTerms terms, string? json, CancellationToken cancellationToken)
    {
        if (PostgreSqlServer.Programs is null)
            throw new BenchmarkFailure("PostgreSQL's server programs are not installed: apt-get install postgresql.");
        var report = await new ClusterBenchmark(terms).RunAsync(cancellationToken);
        if (json is not null)
            await File.WriteAllTextAsync(json, JsonSerializer.Serialize(report, Json), cancellationToken);
        ClusterTable.Print(report);
        return 0;
    }

    private static Option<int> Count(string name, string what, int usual, int greatest)
    {
        var option = new Option<int>(name) { Description = $"{what}, 1 to {greatest}.", HelpName = "N", DefaultValueFactory = _ => usual };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is var value && (value < 1 || value > greatest))
                result.AddError($"{name} must be from 1 to {greatest}.");
        });
        return option;
    }
}
