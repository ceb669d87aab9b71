using System.Globalization;
using Spectre.Console;

namespace AgentRec.Benchmarks;

/// <summary>Prints figures.</summary>
internal static class FigureTable
{
    private const int Width = 150;

    /// <summary>Prints.</summary>
    /// <param name="figures">The figures.</param>
    public static void Print(IEnumerable<Figure> figures)
    {
        AnsiConsole.Profile.Width = Math.Max(AnsiConsole.Profile.Width, Width);
        var table = new Table().AddColumns("figure", "value", "unit", "reference", "ratio");
        foreach (var figure in figures)
            table.AddRow(figure.Name, Number(figure.Value), figure.Unit, Number(figure.Reference), Number(figure.Ratio));
        AnsiConsole.Write(table);
    }

    private static string Number(double? value) => value?.ToString("0.###", CultureInfo.InvariantCulture) ?? "";
}
