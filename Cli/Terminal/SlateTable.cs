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
        foreach (var wish in result.Constraints.Where(wish => wish.Source is not null))
            AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"{Strength(wish)}: {wish.Facet} {Words(wish.Op)} {string.Join(" or ", wish.Values)} (\"{wish.Source}\")");
        foreach (var words in result.NotUnderstood)
            AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"not understood: {words}");
        if (result.Negotiation is { } negotiation)
        {
            AnsiConsole.MarkupLineInterpolated(
                CultureInfo.InvariantCulture,
                $"{negotiation.Outcome.ToString().ToLowerInvariant()} in {negotiation.Rounds} round(s) by {negotiation.Protocol}, {negotiation.UtilityKept:P0} of the best slate's utility kept");
            foreach (var relaxed in negotiation.Relaxed)
                AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"relaxed: {relaxed.Rule} asks for {relaxed.Bound}, got {relaxed.Value}: {relaxed.Reason}");
        }
    }

    private static string Strength(Constraint wish) => wish.Strength is ConstraintStrength.Hard ? "wanted" : "preferred";

    private static string Words(ConstraintOperator op) => op switch
    {
        ConstraintOperator.Ne => "is not",
        ConstraintOperator.Lt => "<",
        ConstraintOperator.Le => "<=",
        ConstraintOperator.Gt => ">",
        ConstraintOperator.Ge => ">=",
        _ => "is",
    };
}
