using System.Globalization;
using AgentRec.Grains.Abstractions.Access;
using Spectre.Console;

namespace AgentRec.Cli.Terminal;

/// <summary>Prints access keys.</summary>
internal static class KeyTable
{
    /// <summary>Prints.</summary>
    /// <param name="keys">The keys.</param>
    public static void Print(IEnumerable<AccessKey> keys)
    {
        var table = new Table().AddColumns("id", "name", "tenant", "scopes", "created", "expires", "revoked");
        foreach (var key in keys)
        {
            table.AddRow(
                key.Id, Markup.Escape(key.Name), Markup.Escape(key.Tenant), string.Join(", ", AccessScopeNames.NamesOf(key.Scopes)),
                Moment(key.CreatedAt), Moment(key.ExpiresAt), Moment(key.RevokedAt));
        }
        AnsiConsole.Write(table);
    }

    private static string Moment(DateTimeOffset? at) => at?.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) ?? "";
}
