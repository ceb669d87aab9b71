using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Storage;
using AgentRec.Storage.Sqlite;

namespace AgentRec.Storage.Log;

/// <summary>The private facts that rules ask about, read straight from the log.</summary>
internal static class ItemFacts
{
    // The indices are named: without statistics the planner would walk all events of the user.
    internal const string LastForget =
        "SELECT coalesce(max(sequence), 0) FROM events INDEXED BY events_forget WHERE tenant = @tenant AND user_id = @user AND kind = 'forget' AND sequence <= @upTo";

    internal const string Consumed =
        """
        SELECT DISTINCT item_id FROM events INDEXED BY events_item
        WHERE tenant = @tenant AND user_id = @user AND item_id IN (SELECT value FROM json_each(@items))
        AND sequence > @forgotten AND sequence <= @upTo AND type IN ('rate', 'consume', 'like', 'dislike')
        """;

    internal const string Shown =
        """
        SELECT item_id, at FROM exposures
        WHERE tenant = @tenant AND user_id = @user AND item_id IN (SELECT value FROM json_each(@items))
        AND sequence > @forgotten AND sequence <= @upTo AND at >= @since
        ORDER BY at, sequence
        """;

    /// <summary>Reads them in one snapshot of the log.</summary>
    /// <param name="session">The connection.</param>
    /// <param name="tenant">The tenant.</param>
    /// <param name="userId">The user.</param>
    /// <param name="upTo">Later events are ignored.</param>
    /// <param name="itemIds">The items asked about.</param>
    /// <param name="shownSince">Earlier showings are ignored.</param>
    public static IReadOnlyDictionary<string, ItemFact> Read(
        SqliteSession session, string tenant, string userId, long upTo, IReadOnlyCollection<string> itemIds, DateTimeOffset shownSince)
    {
        var items = DomainJson.Write(itemIds);
        var facts = new FactCollector(itemIds);
        session.Execute("BEGIN");
        try
        {
            var forgotten = session.Scalar(LastForget, ("@tenant", tenant), ("@user", userId), ("@upTo", upTo));
            using (var rows = session.Query(
                Consumed, ("@tenant", tenant), ("@user", userId), ("@items", items), ("@forgotten", forgotten), ("@upTo", upTo)))
            {
                while (rows.Read())
                    facts.AddConsumed(rows.GetString(0));
            }
            using (var rows = session.Query(
                Shown, ("@tenant", tenant), ("@user", userId), ("@items", items), ("@forgotten", forgotten), ("@upTo", upTo),
                ("@since", FactCollector.CeilingMilliseconds(shownSince))))
            {
                while (rows.Read())
                    facts.AddShown(rows.GetString(0), rows.GetInt64(1));
            }
        }
        finally
        {
            session.Execute("COMMIT");
        }
        return facts.All();
    }
}
