using AgentRec.Domain;

namespace AgentRec.Simulation;

/// <summary>How points become a rating.</summary>
internal static class Ratings
{
    /// <summary>The nearest half point that may be given.</summary>
    public static double Of(double points) =>
        Math.Clamp(Math.Round(points * 2, MidpointRounding.AwayFromZero) / 2, Interaction.LeastRating, Interaction.GreatestRating);
}
