using System.Globalization;
using AgentRec.Storage;

namespace AgentRec.Tests.Unit.Storage;

/// <summary>The contract of the ADO.NET persistence provider, as its statements stand in the store.</summary>
public sealed class SnapshotTests : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private EmbeddedStore _store = null!;
    private Dictionary<string, string> _statements = [];

    public async Task InitializeAsync()
    {
        _store = await EmbeddedStore.OpenAsync(_folder.Path, TimeProvider.System, default);
        await using var connection = await _store.Snapshots.OpenConnectionAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT QueryKey, QueryText FROM OrleansQuery";
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync())
            _statements.Add(rows.GetString(0), rows.GetString(1));
    }

    public async Task DisposeAsync()
    {
        await _store.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Write_FirstAndNext_CountVersions()
    {
        Assert.Null(await RunAsync("ReadFromStorageKey", "k"));
        Assert.Equal("1", await RunAsync("WriteToStorageKey", "k", payload: [1]));
        Assert.Null(await RunAsync("WriteToStorageKey", "k", payload: [2]));
        Assert.Equal("2", await RunAsync("WriteToStorageKey", "k", version: 1, payload: [3]));
        Assert.Null(await RunAsync("WriteToStorageKey", "k", version: 1, payload: [4]));
        Assert.Equal("03/2", await RunAsync("ReadFromStorageKey", "k"));
    }

    [Fact]
    public async Task Write_VersionOfAbsentRow_WritesNothing()
    {
        Assert.Null(await RunAsync("WriteToStorageKey", "k", version: 1, payload: [1]));
        Assert.Null(await RunAsync("ReadFromStorageKey", "k"));
    }

    [Fact]
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

    [Fact]
    public async Task Write_RacingFirstWrites_OneWins()
    {
        var versions = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => RunAsync("WriteToStorageKey", null, payload: [(byte)i]))));
        Assert.Equal("1", Assert.Single(versions, version => version is not null));
    }

    [Fact]
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
        await using var connection = await _store.Snapshots.OpenConnectionAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = _statements[statement];
        foreach (var (name, value) in new (string, object?)[]
        {
            ("GrainIdHash", 1), ("GrainTypeHash", 2), ("GrainIdN0", 0L), ("GrainIdN1", 0L), ("GrainTypeString", "type"),
            ("GrainIdExtensionString", extension), ("ServiceId", "service"), ("GrainStateVersion", version), ("PayloadBinary", payload),
        })
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value ?? DBNull.Value);
            command.Parameters.Add(parameter);
        }
        await using var rows = await command.ExecuteReaderAsync();
        if (!await rows.ReadAsync())
            return null;
        if (!string.Equals(statement, "ReadFromStorageKey", StringComparison.Ordinal))
            return Convert.ToString(rows[0], CultureInfo.InvariantCulture);
        return $"{(rows[0] is byte[] bytes ? Convert.ToHexString(bytes) : "")}/{rows[1]}";
    }
}
