using System.Data;
using System.Data.Common;
using System.Globalization;

namespace AgentRec.Tests.Unit.Storage;

/// <summary>The contract of the ADO.NET persistence provider, as its statements stand in every kind of store.</summary>
public abstract class SnapshotCompliance : StoreFixture
{
    [ComplianceFact]
    public async Task Write_FirstAndNext_CountVersions()
    {
        Assert.Null(await RunAsync("ReadFromStorageKey", "k"));
        Assert.Equal("1", await RunAsync("WriteToStorageKey", "k", payload: [1]));
        Assert.Null(await RunAsync("WriteToStorageKey", "k", payload: [2]));
        Assert.Equal("2", await RunAsync("WriteToStorageKey", "k", version: 1, payload: [3]));
        Assert.Null(await RunAsync("WriteToStorageKey", "k", version: 1, payload: [4]));
        Assert.Equal("03/2", await RunAsync("ReadFromStorageKey", "k"));
    }

    [ComplianceFact]
    public async Task Write_VersionOfAbsentRow_WritesNothing()
    {
        Assert.Null(await RunAsync("WriteToStorageKey", "k", version: 1, payload: [1]));
        Assert.Null(await RunAsync("ReadFromStorageKey", "k"));
    }

    [ComplianceFact]
    public async Task Clear_ThenWrite_GoesOnCounting()
    {
        await RunAsync("WriteToStorageKey", "k", payload: [1]);
        Assert.Null(await RunAsync("ClearStorageKey", "k", version: 7));
        Assert.Equal("2", await RunAsync("ClearStorageKey", "k", version: 1));
        Assert.Equal("/2", await RunAsync("ReadFromStorageKey", "k"));
        Assert.Equal("3", await RunAsync("WriteToStorageKey", "k", version: 2, payload: [1]));
        Assert.Equal("4", await RunAsync("DeleteStorageKey", "k", version: 3));
        Assert.Null(await RunAsync("ReadFromStorageKey", "k"));
    }

    [ComplianceFact]
    public async Task Write_RacingFirstWrites_OneWins()
    {
        var versions = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => RunAsync("WriteToStorageKey", null, payload: [(byte)i]))));
        Assert.Equal("1", Assert.Single(versions, version => version is not null));
    }

    [ComplianceFact]
    public async Task Keys_WithAndWithoutExtension_AreOtherRows()
    {
        Assert.Equal("1", await RunAsync("WriteToStorageKey", null, payload: [1]));
        Assert.Equal("1", await RunAsync("WriteToStorageKey", "k", payload: [2]));
        Assert.Equal("1", await RunAsync("WriteToStorageKey", "K", payload: [3]));
        Assert.Equal("01/1", await RunAsync("ReadFromStorageKey", null));
        Assert.Equal("02/1", await RunAsync("ReadFromStorageKey", "k"));
    }

    private async Task<string?> RunAsync(string statement, string? extension, int? version = null, byte[]? payload = null)
    {
        await using var connection = await (payload is [var first, ..] && first % 2 == 1 ? Other : Store).Snapshots.OpenConnectionAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = await StatementAsync(connection, statement);
        // As the provider does: every parameter with its type, whatever its value.
        foreach (var (name, type, value) in new (string, DbType, object?)[]
        {
            ("GrainIdHash", DbType.Int32, 1), ("GrainTypeHash", DbType.Int32, 2), ("GrainIdN0", DbType.Int64, 0L), ("GrainIdN1", DbType.Int64, 0L),
            ("GrainTypeString", DbType.String, "type"), ("GrainIdExtensionString", DbType.String, extension), ("ServiceId", DbType.String, "service"),
            ("GrainStateVersion", DbType.Int32, version), ("PayloadBinary", DbType.Binary, payload),
        })
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.DbType, parameter.Value) = (name, type, value ?? DBNull.Value);
            command.Parameters.Add(parameter);
        }
        await using var rows = await command.ExecuteReaderAsync();
        if (!await rows.ReadAsync())
            return null;
        if (!string.Equals(statement, "ReadFromStorageKey", StringComparison.Ordinal))
            return Convert.ToString(rows[0], CultureInfo.InvariantCulture);
        return $"{(rows[0] is byte[] bytes ? Convert.ToHexString(bytes) : "")}/{rows[1]}";
    }

    private static async Task<string> StatementAsync(DbConnection connection, string key)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT QueryText FROM OrleansQuery WHERE QueryKey = '{key}'";
        return (string)(await command.ExecuteScalarAsync())!;
    }
}
