using AgentRec.Storage;
using AgentRec.Storage.Log;
using AgentRec.Storage.Records;
using Microsoft.Data.Sqlite;

namespace AgentRec.Tests.Unit.Storage;

/// <summary>
/// What agents ask of the log while they serve must not take longer the more others have done. SQLite has no statistics here, and
/// where it is left the choice it may walk all events of a tenant.
/// </summary>
public sealed class QueryPlanTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(SqliteUserLog.Interactions, "interaction_id=?")]
    [InlineData(SqliteUserLog.Opened, "session_id=?")]
    [InlineData(SqliteUserLog.Session, "session_id=?")]
    [InlineData(SqliteUserLog.Events, "user_id=? AND sequence>?")]
    [InlineData(SqliteAppend.LastSequence, "user_id=?")]
    [InlineData(ItemFacts.LastForget, "user_id=? AND sequence<?")]
    [InlineData(ItemFacts.Consumed, "user_id=? AND item_id=?")]
    [InlineData(ItemFacts.Shown, "user_id=? AND item_id=?")]
    public async Task Query_OfOneUserOrOfGivenIds_GoesStraightToThem(string sql, string by)
    {
        var search = Assert.Single(
            await PlanAsync(sql), step => step.Contains("events", StringComparison.Ordinal) || step.Contains("exposures", StringComparison.Ordinal));
        Assert.Contains(by, search, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Query_OfTenants_StepsFromOneToTheNext()
    {
        var steps = await PlanAsync(StoredTenants.Query);
        Assert.Equal(4, steps.Count(step => step.StartsWith("SEARCH", StringComparison.Ordinal)));
        // What is read whole are the tenants that were found, and erasures under way, which an index has apart.
        Assert.All(
            steps.Where(step => step.StartsWith("SCAN", StringComparison.Ordinal)),
            step => Assert.True(step.Contains("has_", StringComparison.Ordinal) || step.Contains(" h", StringComparison.Ordinal) || step.Contains("tombstones_pending", StringComparison.Ordinal), step));
    }

    private async Task<List<string>> PlanAsync(string sql)
    {
        var folder = Path.Combine(_folder.Path, "store");
        await (await EmbeddedStore.OpenAsync(folder, TimeProvider.System, default)).DisposeAsync();
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "agentrec.db")};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = $"EXPLAIN QUERY PLAN {sql}";
        foreach (var name in (string[])["@tenant", "@user", "@ids", "@session", "@after", "@limit", "@upTo", "@items", "@forgotten", "@since"])
            command.Parameters.AddWithValue(name, "[]");
        var steps = new List<string>();
        await using (var rows = await command.ExecuteReaderAsync())
        {
            while (await rows.ReadAsync())
                steps.Add(rows.GetString(3));
        }
        return steps;
    }
}
