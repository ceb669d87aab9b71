namespace AgentRec.Grains.Tools;

/// <summary>The tools that come with the system, by the names that traces, <c>degraded</c> and the configuration use.</summary>
internal static class ToolNames
{
    /// <summary>Item vectors: finds items by words. The planner asks it.</summary>
    public const string Vectors = "vectors";

    /// <summary>The ranking model. User agents ask it, since what it reads is private.</summary>
    public const string Ranking = "ranking";

    /// <summary>The language model. Sessions ask it about what they could not read.</summary>
    public const string Language = "language";

    /// <summary>All of them.</summary>
    public static readonly string[] All = [Vectors, Ranking, Language];
}
