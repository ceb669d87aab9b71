using AgentRec.Tests.PostgreSql;

namespace AgentRec.Tests.Failover;

/// <summary>A test that needs the checkout of an earlier build, beside PostgreSQL; skipped where the environment names none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PreviousBuildFactAttribute : FactAttribute
{
    /// <summary>The variable that names it.</summary>
    public const string Variable = "AGENTREC_PREVIOUS_BUILD";

    /// <summary>Skips the test where something is missing.</summary>
    public PreviousBuildFactAttribute() =>
        Skip = Folder is null ? $"{Variable} names no checkout of an earlier build" : MissingPostgreSql.Reason;

    /// <summary>The folder of the checkout.</summary>
    public static string? Folder { get; } = Environment.GetEnvironmentVariable(Variable);
}
