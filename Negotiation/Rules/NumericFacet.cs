using System.Collections.Immutable;
using System.Globalization;

namespace AgentRec.Negotiation.Rules;

/// <summary>Facets whose first value is a number.</summary>
internal static class NumericFacet
{
    /// <summary>The number in millionths; null where there is none.</summary>
    public static long? Of(ImmutableArray<string> values) =>
        !values.IsEmpty && decimal.TryParse(values[0], NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? Millionths.Of(Math.Clamp(number, Millionths.ToDecimal(-Millionths.Greatest), Millionths.ToDecimal(Millionths.Greatest)))
            : null;
}
