using System.CommandLine;
using System.Text.Json;
using AgentRec.Tests.PostgreSql;

namespace AgentRec.Benchmarks.Store;

/// <summary><c>store</c>: how many interactions a second PostgreSQL acknowledges.</summary>
internal static class StoreCommand
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var json = new Option<string>("--json") { Description = "Where to write the figures as JSON.", HelpName = "FILE" };
        var command = new Command("store", "Measures appends to the log on a PostgreSQL server of its own: in groups, against one commit each.") { json };
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed.GetValue(json), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string? json, CancellationToken cancellationToken)
    {
        if (PostgreSqlServer.Programs is null)
            throw new BenchmarkFailure("PostgreSQL's server programs are not installed: apt-get install postgresql.");
        await using var server = await PostgreSqlServer.StartAsync();
        var figures = await AppendBenchmark.RunAsync(await server.CreateDatabaseAsync(), cancellationToken);
        if (json is not null)
            await File.WriteAllTextAsync(json, JsonSerializer.Serialize(figures, Json), cancellationToken);
        FigureTable.Print(figures);
        return 0;
    }
}
