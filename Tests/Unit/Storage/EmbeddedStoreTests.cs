using System.Data.Common;
using AgentRec.Grains.Abstractions.Storage;
using AgentRec.Storage;
using AgentRec.Storage.Sqlite;
using static AgentRec.Tests.Unit.Storage.Samples;

namespace AgentRec.Tests.Unit.Storage;

public sealed class EmbeddedStoreTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private string Store => Path.Combine(_folder.Path, "store");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Open_NewFolder_BelongsToItsOwnerAlone()
    {
        await using var store = await OpenAsync();
        Assert.True(Directory.Exists(store.ArtifactFiles.Directory));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Store));
    }

    [Fact]
    public async Task Open_WhileOpen_NamesTheFolder()
    {
        await using (await OpenAsync())
        {
            var exception = await Assert.ThrowsAsync<StoreInUseException>(OpenAsync);
            Assert.Contains(Store, exception.Message, StringComparison.Ordinal);
        }
        await using var again = await OpenAsync();
    }

    [Fact]
    public async Task Open_NewerSchema_IsRefusedAndLetsGo()
    {
        await (await OpenAsync()).DisposeAsync();
        using (var session = SqliteSession.Open(Path.Combine(Store, "agentrec.db"), Pragmas.Writer))
            session.Script("INSERT INTO schema_versions (version, name, applied_at) VALUES (9999, 'future', 0)");
        for (var i = 0; i < 2; i++)
            Assert.Equal(9999, (await Assert.ThrowsAsync<StoreVersionException>(OpenAsync)).Found);
    }

    [Theory]
    [InlineData("agentrec.db")]
    [InlineData("snapshots.db")]
    public async Task Open_FileThatIsNoDatabase_SaysSo(string name)
    {
        Directory.CreateDirectory(Store);
        await File.WriteAllTextAsync(Path.Combine(Store, name), new string('x', 5000));
        var exception = await Assert.ThrowsAsync<StoreUnavailableException>(OpenAsync);
        Assert.Contains(Store, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_PathOfAFile_SaysSo()
    {
        _folder.Write("store", "x");
        await Assert.ThrowsAsync<StoreUnavailableException>(OpenAsync);
    }

    [Fact]
    public async Task Dispose_WithAppendsUnderWay_WritesThemFirst()
    {
        var store = await OpenAsync();
        var appends = Enumerable.Range(0, 300).Select(i => store.Log.AppendAsync("default", $"u{i}", [Rated(1, $"u{i}", "a")], null, default).AsTask()).ToList();
        await store.DisposeAsync();
        Assert.All(await Task.WhenAll(appends), outcome => Assert.Equal(AppendOutcome.Appended, outcome));
        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await store.Log.AppendAsync("default", "v", [Rated(1, "v", "a")], null, default));
        await using var again = await OpenAsync();
        Assert.Single(await again.Log.ReadAsync("default", "u299", 0, 10, default));
    }

    [Fact]
    public async Task Append_DiskFails_FailsTheCallersAndRecovers()
    {
        await using var store = await OpenAsync();
        await AppendAsync(store, 1);
        using (var blocker = SqliteSession.Open(Path.Combine(Store, "agentrec.db"), Pragmas.Writer))
        {
            blocker.Script("ALTER TABLE events RENAME TO hidden");
            var failure = await Assert.ThrowsAnyAsync<Exception>(async () => await store.Log.AppendAsync("default", "u", [Rated(2, "u", "b")], null, default));
            Assert.IsAssignableFrom<DbException>(failure);
            blocker.Script("ALTER TABLE hidden RENAME TO events");
        }
        await AppendAsync(store, 2);
    }

    [Fact]
    public async Task Read_ThatFails_IsAFaultOfTheStoreAndLeavesNoBrokenConnection()
    {
        await using var store = await OpenAsync();
        await AppendAsync(store, 1);
        using (var blocker = SqliteSession.Open(Path.Combine(Store, "agentrec.db"), Pragmas.Writer))
        {
            blocker.Script("ALTER TABLE events RENAME TO hidden");
            await Assert.ThrowsAsync<StoreUnavailableException>(async () => await store.Log.ReadAsync("default", "u", 0, 10, default));
            blocker.Script("ALTER TABLE hidden RENAME TO events");
        }
        Assert.Single(await store.Log.ReadAsync("default", "u", 0, 10, default));
    }

    [Fact]
    public async Task Write_ThatThrows_FailsOnlyItself()
    {
        await using var store = await OpenAsync();
        var bad = store.Writer.WriteAsync<int>(_ => throw new InvalidDataException("bad"), default).AsTask();
        var good = AppendAsync(store, 1);
        await Assert.ThrowsAsync<InvalidDataException>(() => bad);
        await good;
    }

    [Fact]
    public async Task Write_GivenUpWhileWaiting_IsNeitherDoneNorAnswered()
    {
        await using var store = await OpenAsync();
        using var gate = new ManualResetEventSlim();
        using var stop = new CancellationTokenSource();
        var blocker = store.Writer.WriteAsync(
            _ =>
            {
                gate.Wait();
                return new Written<int>(0);
            },
            default).AsTask();
        var ran = false;
        var work = store.Writer.WriteAsync(
            _ =>
            {
                ran = true;
                return new Written<int>(0);
            },
            stop.Token).AsTask();
        await stop.CancelAsync();
        gate.Set();
        await blocker;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => work);
        await AppendAsync(store, 1);
        Assert.False(ran);
    }

    [Fact]
    public async Task Append_ManyCallers_ShareCommits()
    {
        await using var store = await OpenAsync();
        var before = store.Writer.Commits;
        await Task.WhenAll(Enumerable.Range(0, 500).Select(i => store.Log.AppendAsync("default", $"u{i}", [Rated(1, $"u{i}", "a")], null, default).AsTask()));
        Assert.InRange(store.Writer.Commits - before, 1, 250);
    }

    private static async Task AppendAsync(EmbeddedStore store, long sequence) =>
        Assert.Equal(AppendOutcome.Appended, await store.Log.AppendAsync("default", "u", [Rated(sequence, "u", $"m{sequence}")], null, default));

    private Task<EmbeddedStore> OpenAsync() => EmbeddedStore.OpenAsync(Store, TimeProvider.System, default);
}
