using System.Text.RegularExpressions;

namespace AgentRec.Import.Formats;

/// <summary>Reads the year out of titles such as <c>Matrix, The (1999)</c>; the title itself stays as the data has it.</summary>
internal static partial class FilmTitles
{
    /// <summary>The year in parentheses at the end, the first one of a range; null when there is none.</summary>
    /// <param name="title">The title.</param>
    public static string? Year(string title) => Ending().Match(title) is { Success: true } match ? match.Groups["year"].Value : null;

    [GeneratedRegex(@"\((?<year>(18|19|20)\d\d)(\s?[-–]\s?(\d{4})?)?\)\s*$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Ending();
}
