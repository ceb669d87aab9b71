using System.Globalization;
using AgentRec.Domain;
using Spectre.Console;

namespace AgentRec.Cli.Terminal;

/// <summary>Prints a turn's slate with its reasons.</summary>
internal static class SlateTable
{
    /// <summary>Prints.</summary>
    /// <param name="result">The turn.</param>
    public static void Print(TurnResult result)
    {
        var table = new Table().AddColumns("#", "title", "relevance", "why");
        foreach (var item in result.Slate?.Items ?? [])
        {
            table.AddRow(
                item.Rank.ToString(CultureInfo.InvariantCulture), Markup.Escape(item.Title),
                item.Relevance.ToString("F2", CultureInfo.InvariantCulture), Markup.Escape(item.Explanation.Text));
        }
        AnsiConsole.Write(table);
        if (result.Negotiation is { } negotiation)
        {
            AnsiConsole.MarkupLineInterpolated(
                CultureInfo.InvariantCulture,
                $"{negotiation.Outcome.ToString().ToLowerInvariant()} in {negotiation.Rounds} round(s) by {negotiation.Protocol}, {negotiation.UtilityKept:P0} of the best slate's utility kept");
            foreach (var relaxed in negotiation.Relaxed)
                AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"relaxed: {relaxed.Rule} asks for {relaxed.Bound}, got {relaxed.Value}: {relaxed.Reason}");
        }
    }
}
