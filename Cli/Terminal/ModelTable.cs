using System.Globalization;
using AgentRec.Grains.Abstractions.Models;
using Spectre.Console;

namespace AgentRec.Cli.Terminal;

/// <summary>Prints the models.</summary>
internal static class ModelTable
{
    /// <summary>Prints.</summary>
    /// <param name="view">The models.</param>
    public static void Print(ModelsView view)
    {
        var table = new Table().AddColumns("version", "active", "added", "data", "positives", "NDCG@10 on its held-out tail", "scorers", "activated");
        foreach (var model in view.Models)
        {
            table.AddRow(
                model.Version,
                model.Active ? "yes" : "",
                Moment(model.AddedAt),
                model.Data is { } data ? $"{Day(data.First)} to {Day(data.Last)}" : "unreadable",
                model.Data?.Positives.ToString("N0", CultureInfo.InvariantCulture) ?? "",
                model.Served is { } figure ? string.Create(CultureInfo.InvariantCulture, $"{figure.Ndcg:F4} ({figure.Model})") : "",
                string.Join(", ", [.. model.Scorers, .. model.Ranking is { } kind ? [$"ranker: {kind}"] : Array.Empty<string>()]),
                string.Join(", ", model.Activations.Select(activation => $"{activation.Cause.ToString().ToLowerInvariant()} {Moment(activation.At)}")));
        }
        AnsiConsole.Write(table);
        foreach (var silo in view.Silos)
        {
            AnsiConsole.MarkupLineInterpolated($"{silo.Silo} serves {silo.Serving ?? "nothing"}{(silo.Loading is { } loading ? $", loads {loading}" : "")}");
            if (silo.Failure is { } failure)
                AnsiConsole.MarkupLineInterpolated($"[red]{silo.Silo} could not load {failure.Version}: {failure.Reason}[/]");
        }
    }

    private static string Moment(DateTimeOffset? at) => at?.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) ?? "(not recorded)";

    private static string Day(DateTimeOffset at) => at.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
