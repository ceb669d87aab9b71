using System.Globalization;
using AgentRec.Domain;
using AgentRec.Storage.Sqlite;

namespace AgentRec.Storage.Catalogue;

/// <summary>Writes items of one tenant within a transaction that the caller holds; handles follow in the order of arrival.</summary>
internal sealed class ItemRows
{
    private readonly SqliteSession _session;
    private readonly string _tenant;
    private readonly long _change;
    private long _next;

    /// <summary>Finds the next free handle, and the number of this change.</summary>
    /// <param name="session">The connection.</param>
    /// <param name="tenant">The tenant.</param>
    public ItemRows(SqliteSession session, string tenant)
    {
        (_session, _tenant) = (session, tenant);
        _next = Convert.ToInt64(
            session.Scalar("SELECT coalesce(max(handle) + 1, 0) FROM items WHERE tenant = @tenant", ("@tenant", tenant)), CultureInfo.InvariantCulture);
        _change = Convert.ToInt64(
            session.Scalar("SELECT coalesce(max(changed), 0) + 1 FROM items WHERE tenant = @tenant", ("@tenant", tenant)), CultureInfo.InvariantCulture);
    }

    /// <summary>How an item met the catalogue.</summary>
    internal enum Change
    {
        /// <summary>It is new.</summary>
        Added,

        /// <summary>It replaced other content.</summary>
        Changed,

        /// <summary>It was there, the same.</summary>
        Unchanged,
    }

    /// <summary>Adds an item, or replaces it where its content differs.</summary>
    /// <param name="item">The item.</param>
    public Change Put(Item item)
    {
        var content = DomainJson.Write(item);
        var stored = _session.Scalar(
            "SELECT content FROM items WHERE tenant = @tenant AND item_id = @item", ("@tenant", _tenant), ("@item", item.ItemId));
        if (stored is null)
        {
            _session.Execute(
                "INSERT INTO items (tenant, handle, item_id, content, changed) VALUES (@tenant, @handle, @item, @content, @change)",
                ("@tenant", _tenant), ("@handle", _next++), ("@item", item.ItemId), ("@content", content), ("@change", _change));
            return Change.Added;
        }
        if (string.Equals((string)stored, content, StringComparison.Ordinal))
            return Change.Unchanged;
        _session.Execute(
            "UPDATE items SET content = @content, changed = @change WHERE tenant = @tenant AND item_id = @item",
            ("@tenant", _tenant), ("@item", item.ItemId), ("@content", content), ("@change", _change));
        return Change.Changed;
    }
}
