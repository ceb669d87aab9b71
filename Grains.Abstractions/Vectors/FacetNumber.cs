using System.Globalization;

namespace AgentRec.Grains.Abstractions.Vectors;

/// <summary>How facet values are read as numbers.</summary>
public static class FacetNumber
{
    /// <summary>Reads a number in invariant form.</summary>
    /// <param name="text">The text.</param>
    /// <param name="number">The number, which may be infinite.</param>
    /// <returns>False when the text is no number.</returns>
    public static bool TryRead(string text, out double number) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && !double.IsNaN(number);
}
