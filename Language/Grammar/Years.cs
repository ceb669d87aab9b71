using AgentRec.Language.Text;

namespace AgentRec.Language.Grammar;

/// <summary>Numbers that are years.</summary>
internal static class Years
{
    private const int Earliest = 1000;
    private const int Latest = 2999;

    /// <summary>True for a number that is said like a year.</summary>
    /// <param name="number">The number.</param>
    public static bool IsYear(double number) => number is >= Earliest and <= Latest && double.IsInteger(number);

    /// <summary>The first year of a decade that is said as 90 or as 1990. The decades 00 and 10 are of this century.</summary>
    /// <param name="word">A number.</param>
    /// <returns>Null for what is no decade.</returns>
    public static int? DecadeOf(Word word) => word.Number switch
    {
        0 or 10 when word.Text.Length == 2 => 2000 + (int)word.Number,
        >= 20 and <= 90 when word.Number % 10 == 0 => 1900 + (int)word.Number,
        var number when IsYear(number) && number % 10 == 0 => (int)number,
        _ => null,
    };
}
