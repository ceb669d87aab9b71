using System.Runtime.CompilerServices;
using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Storage;
using AgentRec.Storage.Log;
using AgentRec.Storage.PostgreSql;

namespace AgentRec.Storage.Catalogue;

/// <summary>The catalogue in PostgreSQL.</summary>
/// <param name="database">The database.</param>
internal sealed class PostgreSqlCatalogueStore(PostgreSqlDatabase database) : ICatalogueStore
{
    private const string Learnable =
        """
        SELECT e.interaction_id, e.user_id, e.item_id, e.type, e.value, e.timestamp FROM events AS e
        LEFT JOIN (SELECT user_id, max(sequence) AS sequence FROM events WHERE tenant = $1 AND kind = 'forget' GROUP BY user_id) AS f ON f.user_id = e.user_id
        WHERE e.tenant = $1 AND e.kind = 'interaction' AND e.sequence > coalesce(f.sequence, 0)
        ORDER BY e.user_id, e.sequence
        """;

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<Item>> LoadAsync(string tenant, CancellationToken cancellationToken) =>
        await database.ReadAsync(
            async (connection, token) =>
            {
                await using var command = connection.Command("SELECT content FROM items WHERE tenant = $1 ORDER BY handle", tenant);
                return await command.RowsAsync(row => DomainJson.Read<Item>(row.GetString(0)), token);
            },
            cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<CatalogueNews> ReadNewsAsync(string tenant, long known, CancellationToken cancellationToken) => await database.ReadAsync(
        async (connection, token) =>
        {
            await using var command = connection.Command("SELECT content, changed FROM items WHERE tenant = $1 AND changed > $2 ORDER BY handle", tenant, known);
            var rows = await command.RowsAsync(row => (Item: DomainJson.Read<Item>(row.GetString(0)), Changed: row.GetInt64(1)), token);
            return new CatalogueNews(rows.Select(row => row.Changed).Append(known).Max(), [.. rows.Select(row => row.Item)]);
        },
        cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<CatalogueChange> PutAsync(string tenant, IReadOnlyList<Item> items, CancellationToken cancellationToken)
    {
        var last = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < items.Count; i++)
            last[items[i].ItemId] = i;
        var kept = items.Where((item, i) => last[item.ItemId] == i).ToArray();
        return await database.WriteAsync(
            PostgreSqlItems.Lock(tenant),
            async (connection, token) =>
            {
                await using (var stage = connection.Command(PostgreSqlItems.CreateStage))
                    await stage.ExecuteNonQueryAsync(token);
                await using (var fill = connection.Command(
                    "INSERT INTO staged_items SELECT place, item_id, content FROM unnest($1, $2) WITH ORDINALITY AS s (item_id, content, place)",
                    kept.Select(item => item.ItemId).ToArray(), kept.Select(DomainJson.Write).ToArray()))
                {
                    await fill.ExecuteNonQueryAsync(token);
                }
                return await PostgreSqlItems.PutStagedAsync(connection, tenant, token);
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<Interaction> ReadInteractionsAsync(string tenant, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var ids = new SharedTexts();
        await using var connection = await database.Pool.OpenConnectionAsync(cancellationToken);
        await using var command = connection.Command(Learnable, tenant);
        command.CommandTimeout = 0;
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            var interaction = EventRow.ReadInteraction(rows, 0);
            yield return interaction with { UserId = ids.Of(interaction.UserId), ItemId = ids.Of(interaction.ItemId) };
        }
    }

    /// <inheritdoc/>
    public async ValueTask<long> CountExposuresAsync(string tenant, CancellationToken cancellationToken) => await database.ReadAsync(
        async (connection, token) =>
        {
            await using var command = connection.Command("SELECT count(*) FROM exposures WHERE tenant = $1", tenant);
            return await command.NumberAsync(token);
        },
        cancellationToken);
}
