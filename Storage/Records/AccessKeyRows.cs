using System.Collections.Immutable;
using System.Data.Common;
using AgentRec.Grains.Abstractions.Access;

namespace AgentRec.Storage.Records;

/// <summary>The row of an access key, the same in both kinds of store.</summary>
internal static class AccessKeyRows
{
    /// <summary>The columns, in the order that <see cref="Read"/> takes them.</summary>
    public const string Columns = "id, name, tenant, scopes, digest, created_at, expires_at, revoked_at";

    /// <summary>Scopes as a column holds them.</summary>
    /// <param name="scopes">The scopes.</param>
    public static string Scopes(AccessScopes scopes) => string.Join(' ', AccessScopeNames.NamesOf(scopes));

    /// <summary>Reads the row at hand.</summary>
    /// <param name="row">The row.</param>
    public static StoredAccessKey Read(DbDataReader row)
    {
        var scopes = row.GetString(3).Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Aggregate(AccessScopes.None, static (all, name) => all | AccessScopeNames.Parse(name));
        return new StoredAccessKey(
            new AccessKey(row.GetString(0), row.GetString(1), row.GetString(2), scopes, Moment(row, 5)!.Value, Moment(row, 6), Moment(row, 7)),
            ImmutableArray.Create(row.GetFieldValue<byte[]>(4)));
    }

    private static DateTimeOffset? Moment(DbDataReader row, int column) =>
        row.IsDBNull(column) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));
}
