using System.Globalization;
using System.Runtime.CompilerServices;
using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Storage;
using AgentRec.Storage.Log;
using AgentRec.Storage.Sqlite;

namespace AgentRec.Storage.Catalogue;

/// <summary>The catalogue in the embedded store.</summary>
/// <param name="writer">Writes in shared commits.</param>
/// <param name="readers">Connections for reading.</param>
internal sealed class SqliteCatalogueStore(GroupCommitter writer, ReaderPool readers) : ICatalogueStore
{
    private const string Learnable =
        """
        SELECT interaction_id, user_id, item_id, type, value, timestamp FROM events AS e
        WHERE tenant = @tenant AND kind = 'interaction'
        AND sequence > (SELECT coalesce(max(sequence), 0) FROM events INDEXED BY events_forget WHERE tenant = e.tenant AND user_id = e.user_id AND kind = 'forget')
        ORDER BY user_id, sequence
        """;

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<Item>> LoadAsync(string tenant, CancellationToken cancellationToken) =>
        await readers.ReadAsync(
            session =>
            {
                var items = new List<Item>();
                using var rows = session.Query("SELECT content FROM items WHERE tenant = @tenant ORDER BY handle", ("@tenant", tenant));
                while (rows.Read())
                    items.Add(DomainJson.Read<Item>(rows.GetString(0)));
                return items;
            },
            cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<CatalogueNews> ReadNewsAsync(string tenant, long known, CancellationToken cancellationToken) => await readers.ReadAsync(
        session =>
        {
            var items = new List<Item>();
            using var rows = session.Query(
                "SELECT content, changed FROM items WHERE tenant = @tenant AND changed > @known ORDER BY handle", ("@tenant", tenant), ("@known", known));
            while (rows.Read())
            {
                items.Add(DomainJson.Read<Item>(rows.GetString(0)));
                known = Math.Max(known, rows.GetInt64(1));
            }
            return new CatalogueNews(known, items);
        },
        cancellationToken);

    /// <inheritdoc/>
    public ValueTask<CatalogueChange> PutAsync(string tenant, IReadOnlyList<Item> items, CancellationToken cancellationToken)
    {
        var last = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < items.Count; i++)
            last[items[i].ItemId] = i;
        return writer.WriteAsync(
            session =>
            {
                var rows = new ItemRows(session, tenant);
                var counts = new int[3];
                for (var i = 0; i < items.Count; i++)
                {
                    if (last[items[i].ItemId] == i)
                        counts[(int)rows.Put(items[i])]++;
                }
                return new Written<CatalogueChange>(new CatalogueChange(counts[0], counts[1], counts[2]));
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<Interaction> ReadInteractionsAsync(string tenant, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Yield();
        var ids = new SharedTexts();
        var session = readers.Rent();
        try
        {
            using var rows = session.Query(Learnable, ("@tenant", tenant));
            while (rows.Read())
            {
                cancellationToken.ThrowIfCancellationRequested();
                var interaction = EventRow.ReadInteraction(rows, 0);
                yield return interaction with { UserId = ids.Of(interaction.UserId), ItemId = ids.Of(interaction.ItemId) };
            }
        }
        finally
        {
            readers.Return(session);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<long> CountExposuresAsync(string tenant, CancellationToken cancellationToken) => await readers.ReadAsync(
        session => Convert.ToInt64(
            session.Scalar("SELECT count(*) FROM exposures WHERE tenant = @tenant", ("@tenant", tenant)), CultureInfo.InvariantCulture),
        cancellationToken);
}
