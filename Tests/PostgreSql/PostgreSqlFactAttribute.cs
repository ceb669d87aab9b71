namespace AgentRec.Tests.PostgreSql;

/// <summary>A test that needs PostgreSQL's server programs; skipped where they are not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PostgreSqlFactAttribute : FactAttribute
{
    public PostgreSqlFactAttribute() => Skip = MissingPostgreSql.Reason;
}

/// <summary>The tests of this class need PostgreSQL's server programs.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class RequiresPostgreSqlAttribute : Attribute;

/// <summary>Whether there is a server to test with.</summary>
internal static class MissingPostgreSql
{
    /// <summary>Why tests are skipped; null where PostgreSQL is installed.</summary>
    public static string? Reason => PostgreSqlServer.Programs is null ? "needs PostgreSQL's server programs: apt-get install postgresql" : null;
}
