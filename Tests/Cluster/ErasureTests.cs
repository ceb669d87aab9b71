using System.Text;
using System.Text.Json;
using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Items;
using AgentRec.Grains.Abstractions.Policies;
using AgentRec.Grains.Abstractions.Sessions;
using AgentRec.Grains.Abstractions.Users;

namespace AgentRec.Tests.Cluster;

/// <summary>A user is erased: what is left equals a system that never saw the user, and nothing that goes wrong meanwhile leaves half of it.</summary>
[Trait("Category", "Cluster")]
public sealed class ErasureTests : IAsyncLifetime
{
    private const string Tenant = Identifier.DefaultTenant;
    private const string Erased = "erased-user-7f3a";

    private readonly SiloFixture _silo = new() { Settings = { ["Silo:ErasureMilliseconds"] = "600000" } };

    public Task InitializeAsync() => _silo.InitializeAsync();

    public Task DisposeAsync() => _silo.DisposeAsync();

    [Fact]
    public async Task Erase_LeavesWhatASystemHasThatNeverSawTheUser()
    {
        var other = new SiloFixture { Settings = { ["Silo:ErasureMilliseconds"] = "600000" } };
        await other.InitializeAsync();
        try
        {
            await LiveAsync(_silo, "ada", 3);
            await LiveAsync(_silo, Erased, 5);
            await LiveAsync(_silo, "bob", 2);
            await LiveAsync(other, "ada", 3);
            await LiveAsync(other, "bob", 2);
            // The model of a system that knows the user, to show that the user makes a difference.
            await _silo.Erasure.Erase("nobody");
            var withUser = await ActiveAsync(_silo);

            using var receipt = JsonDocument.Parse(await _silo.Erasure.Erase(Erased));
            await other.Erasure.Erase("nobody");

            Assert.Equal("refitted", receipt.RootElement.GetProperty("models").GetString());
            Assert.Empty(await _silo.LogAsync(Erased));
            foreach (var user in new[] { "ada", "bob" })
            {
                Assert.Equal((await other.LogAsync(user)).Select(Plain), (await _silo.LogAsync(user)).Select(Plain));
                Assert.Equal(Plain(await other.User(user).DescribeMemory()), Plain(await _silo.User(user).DescribeMemory()));
            }
            Assert.Equal(Plain(await other.User(Erased).DescribeMemory()), Plain(await _silo.User(Erased).DescribeMemory()));
            Assert.Equal(await other.Store.Catalogue.CountExposuresAsync(Tenant, default), await _silo.Store.Catalogue.CountExposuresAsync(Tenant, default));
            await SiloFixture.ComesToAsync(await SettledEvidenceAsync(other), () => EvidenceAsync(_silo));
            // A version is a hash of all that a model holds: scorers, counts, neighbours.
            Assert.NotEqual(withUser, await ActiveAsync(_silo));
            Assert.Equal(await ActiveAsync(other), await ActiveAsync(_silo));
        }
        finally
        {
            await other.DisposeAsync();
        }
    }

    [Fact]
    public async Task Erase_SignsWhatItDid_AndAChangedReceiptIsFound()
    {
        await LiveAsync(_silo, Erased, 2);
        var receipt = await _silo.Erasure.Erase(Erased);

        Assert.True((await _silo.Erasure.Verify(receipt)).IsValid);
        Assert.Equal("signature", Assert.Single((await _silo.Erasure.Verify(receipt.Replace("\"turns\":2", "\"turns\":3", StringComparison.Ordinal))).Findings).Code);
        using var read = JsonDocument.Parse(receipt);
        var removed = read.RootElement.GetProperty("removed");
        Assert.Equal((1, 2, 2, 2, 20), (Of("sessions"), Of("turns"), Of("certificates"), Of("windows"), Of("showings")));
        Assert.Equal(Of("sessions") + Of("turns") + Of("interactions"), Of("events"));
        // Erased again: nothing was there.
        using var again = JsonDocument.Parse(await _silo.Erasure.Erase(Erased));
        Assert.Equal(0, again.RootElement.GetProperty("removed").GetProperty("events").GetInt64());

        long Of(string name) => removed.GetProperty(name).GetInt64();
    }

    [Fact]
    public async Task Erase_ThatIsInterrupted_IsResumed_AndSubtractsOnce()
    {
        await LiveAsync(_silo, "ada", 1);
        var before = await SettledEvidenceAsync(_silo);
        await LiveAsync(_silo, Erased, 2);
        Assert.NotEqual(before, await SettledEvidenceAsync(_silo));
        // Some shards have heard of it, and then the answer of one is lost.
        using (_silo.Gate.After<IExposureShardGrain>(nameof(IExposureShardGrain.Merge), () => throw new TimeoutException("lost for a test")))
            await Assert.ThrowsAsync<TimeoutException>(() => _silo.Erasure.Erase(Erased));
        Assert.Equal([Erased], await _silo.Store.Erasures.ListPendingAsync(Tenant, default));
        Assert.Empty(await _silo.LogAsync(Erased));
        await _silo.RestartAsync();

        await _silo.Erasure.Resume();

        Assert.Empty(await _silo.Store.Erasures.ListPendingAsync(Tenant, default));
        Assert.Equal(before, await EvidenceAsync(_silo));
    }

    [Fact]
    public async Task Erase_SeveralTimesAtOnce_SubtractsOnce()
    {
        await LiveAsync(_silo, "ada", 1);
        var before = await SettledEvidenceAsync(_silo);
        await LiveAsync(_silo, Erased, 2);
        Assert.NotEqual(before, await SettledEvidenceAsync(_silo));

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => _silo.Erasure.Erase(Erased)));

        Assert.Empty(await _silo.Store.Erasures.ListPendingAsync(Tenant, default));
        Assert.Equal(before, await EvidenceAsync(_silo));
    }

    [Fact]
    public async Task Erase_WhileATurnRuns_CancelsIt_AndNothingOfItIsRecorded()
    {
        var session = await _silo.OpenAsync("s-erased", Erased);
        var (reached, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        Task<TurnEnding?> ending;
        using (_silo.Gate.Before<IPolicyAgent>(nameof(IPolicyAgent.Certify), async (_, _) =>
        {
            reached.TrySetResult();
            await goOn.Task;
        }))
        {
            var admission = await session.Begin(TurnRequest.Empty);
            ending = session.Complete(admission.Turn);
            await reached.Task;
            var erasing = _silo.Erasure.Erase(Erased);
            await SiloFixture.ComesToAsync(1, () => _silo.Store.Erasures.LastAsync(Tenant, default).AsTask());
            goOn.SetResult();
            await erasing;
        }

        Assert.Null((await ending)?.Result);
        Assert.Empty(await _silo.LogAsync(Erased));
        Assert.Equal(TurnAdmissionStatus.UnknownSession, (await _silo.Session("s-erased").Begin(TurnRequest.Empty)).Status);
        Assert.Null(await _silo.Session("s-erased").Describe());
    }

    [Fact]
    public async Task ErasedUser_ComesBackAsANewOne_ButNotWithThePast()
    {
        await LiveAsync(_silo, Erased, 1);
        await _silo.Erasure.Erase(Erased);
        var (past, item) = (_silo.Clock.GetUtcNow(), _silo.Catalogue.Items[3].ItemId);

        var verdicts = await _silo.User(Erased).Record(
        [
            new Interaction("late", Erased, item, InteractionType.Like, null, past), new Interaction("fresh", Erased, item, InteractionType.Like, null, null),
        ]);

        Assert.Equal([RecordStatus.Rejected, RecordStatus.Accepted], verdicts.Select(verdict => verdict.Status));
        Assert.Equal("timestamp: lies before the moment at which the user was erased", verdicts[0].Reason);
        var logged = Assert.Single(await _silo.LogAsync(Erased));
        Assert.Equal((1, true), (logged.Sequence, logged.At > past));
        await _silo.RestartAsync();
        Assert.Equal(1, (await _silo.User(Erased).DescribeMemory()).Interactions);
    }

    [Fact]
    public async Task Snapshot_OfALifeBefore_IsNotBelieved()
    {
        await LiveAsync(_silo, Erased, 1);
        await _silo.RestartAsync();
        var snapshot = await File.ReadAllBytesAsync(_silo.SnapshotFile);
        Assert.Contains(Erased, Encoding.UTF8.GetString(snapshot), StringComparison.Ordinal);
        await _silo.Erasure.Erase(Erased);
        await _silo.StopAsync();
        // As if the machine had stopped between the log and the snapshot.
        await File.WriteAllBytesAsync(_silo.SnapshotFile, snapshot);
        await _silo.StartAsync();

        Assert.Equal(0, (await _silo.User(Erased).DescribeMemory()).Interactions);
    }

    [Fact]
    public async Task Erase_LeavesNoTraceOfTheIdInTheStoresFiles()
    {
        await LiveAsync(_silo, Erased, 2);
        await _silo.RestartAsync();
        Assert.NotEmpty(FilesWithId());
        await _silo.Erasure.Erase(Erased);
        await _silo.StopAsync();

        Assert.Empty(FilesWithId());
        await _silo.StartAsync();

        string[] FilesWithId() =>
        [
            .. Directory.GetFiles(_silo.StoreFolder, "*", SearchOption.AllDirectories).Where(file => !file.EndsWith(".lock", StringComparison.Ordinal) && Encoding.Latin1.GetString(File.ReadAllBytes(file)).Contains(Erased, StringComparison.Ordinal)),
        ];
    }

    /// <summary>A session of some turns; of every slate the first item is liked, the second disliked, and something that was not shown is consumed.</summary>
    private static async Task LiveAsync(SiloFixture silo, string user, int turns)
    {
        var session = await silo.OpenAsync($"s-{user}", user, seed: 7);
        for (var turn = 0; turn < turns; turn++)
        {
            var slate = (await silo.TurnAsync(session)).Slate!.Items;
            await silo.User(user).Record(
            [
                new Interaction($"like/{user}/{turn}", user, slate[0].ItemId, InteractionType.Like, null, null),
                new Interaction($"dislike/{user}/{turn}", user, slate[1].ItemId, InteractionType.Dislike, null, null),
                new Interaction($"consume/{user}/{turn}", user, silo.Catalogue.Items[100 + turn].ItemId, InteractionType.Consume, null, null),
            ]);
        }
    }

    private static async Task<string> ActiveAsync(SiloFixture silo) => (await silo.Store.Artifacts.ActiveAsync(Tenant, default))!.Version;

    private static async Task<string> EvidenceAsync(SiloFixture silo)
    {
        await silo.Exposures.RefreshAsync(default);
        return string.Join('\n', silo.Exposures.Current.Entries.Where(entry => entry.Counts != default));
    }

    /// <summary>The evidence when as many showings are counted as the log holds: items are told one way.</summary>
    private static async Task<string> SettledEvidenceAsync(SiloFixture silo)
    {
        await SiloFixture.ComesToAsync(await silo.Store.Catalogue.CountExposuresAsync(Tenant, default), async () =>
        {
            await silo.Exposures.RefreshAsync(default);
            return silo.Exposures.Current.Items.Values.Sum(item => item.Overall.Exposures);
        });
        return await EvidenceAsync(silo);
    }

    /// <summary>Without what differs from run to run: signatures, and the times that stages took.</summary>
    private static string Plain(LoggedEvent logged) => logged.Event is TurnTaken { Turn: var turn }
        ? DomainJson.Write(logged with { Event = new TurnTaken(turn with { Trace = [], Result = turn.Result with { Timings = turn.Result.Timings.Clear() } }) })
        : DomainJson.Write(logged);

    private static string Plain(MemoryView memory) => DomainJson.Write(memory);
}
