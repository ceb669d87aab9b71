namespace AgentRec.Telemetry;

/// <summary>Whose spans are exported.</summary>
internal static class TraceSources
{
    /// <summary>The project's own, calls between grains with their state and activation, and the database.</summary>
    /// <remarks>The source <c>Microsoft.Orleans.Runtime</c> is left out: it begins dozens of traces a second that belong to no request.</remarks>
    public static string[] All { get; } =
        ["AgentRec.*", "Microsoft.Orleans.Application", "Microsoft.Orleans.Storage", "Microsoft.Orleans.Lifecycle", "Npgsql"];
}
