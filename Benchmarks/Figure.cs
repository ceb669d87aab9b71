namespace AgentRec.Benchmarks;

/// <summary>One measured figure, and what it is held against.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Value">The figure.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Reference">What the same costs the reference, in the same run; null where there is none.</param>
/// <param name="Ratio">The figure through the reference; null where there is none.</param>
internal sealed record Figure(string Name, double Value, string Unit, double? Reference = null, double? Ratio = null)
{
    /// <summary>A figure with a reference.</summary>
    /// <param name="name">What was measured.</param>
    /// <param name="value">The figure.</param>
    /// <param name="unit">The unit of both.</param>
    /// <param name="reference">What the same costs the reference.</param>
    public static Figure Against(string name, double value, string unit, double reference) =>
        new(name, Math.Round(value, 3), unit, Math.Round(reference, 3), Math.Round(value / reference, 2));
}
