namespace AgentRec.Storage.Records;

/// <summary>How the tenants are found that there is something of.</summary>
internal static class StoredTenants
{
    /// <summary>Steps from tenant to tenant through indexes, however many rows each has; erasures that are not complete are few.</summary>
    public const string Query =
        """
        WITH RECURSIVE
        has_items (tenant) AS (
            SELECT min(tenant) FROM items
            UNION ALL SELECT (SELECT min(i.tenant) FROM items AS i WHERE i.tenant > h.tenant) FROM has_items AS h WHERE h.tenant IS NOT NULL),
        has_models (tenant) AS (
            SELECT min(tenant) FROM activations
            UNION ALL SELECT (SELECT min(a.tenant) FROM activations AS a WHERE a.tenant > h.tenant) FROM has_models AS h WHERE h.tenant IS NOT NULL)
        SELECT tenant FROM has_items WHERE tenant IS NOT NULL
        UNION SELECT tenant FROM has_models WHERE tenant IS NOT NULL
        UNION SELECT tenant FROM tombstones WHERE user_id IS NOT NULL
        ORDER BY tenant
        """;
}
