using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Storage;
using AgentRec.Storage.Bulk;
using static AgentRec.Tests.Unit.Storage.Samples;

namespace AgentRec.Tests.Unit.Storage;

/// <summary>What every kind of store must do when a user is erased.</summary>
public abstract class ErasureCompliance : StoreFixture
{
    private const string Tenant = "default";

    private static readonly DateTimeOffset At = Start.AddHours(1);

    private static readonly UserFootprint Footprint = new("erasure-1", 4, ["s"], ["c1"], [new SegmentExposure("m", 3, new ExposureCounts(1, 1, 0))]);

    private IErasureStore Erasures => Store.Erasures;

    [ComplianceFact]
    public async Task Remove_DeletesEverythingOfTheUser_AndNothingOfOthers()
    {
        await FillAsync("u", "s", "c1");
        await FillAsync("v", "s2", "c2");
        var before = await Store.Log.ReadAsync(Tenant, "v", 0, 100, default);

        Assert.Equal(new RemovedRows(4, 1, 1, 2, 1, 1), await Erasures.RemoveAsync(Tenant, "u", Footprint, At, default));
        await ReopenAsync();

        Assert.Empty(await Store.Log.ReadAsync(Tenant, "u", 0, 100, default));
        Assert.Null(await Store.Log.ReadSessionAsync(Tenant, "s", default));
        Assert.False(await Store.Log.HasSessionAsync(Tenant, "u", "s", default));
        Assert.Null(await Store.Certificates.GetAsync(Tenant, "c1", default));
        Assert.Null(await Store.Certificates.GetWindowAsync(Tenant, "c1", default));
        Assert.Empty((await Store.Log.ReadFactsAsync(Tenant, "u", 100, ["m", "n"], Start, default)).Values.SelectMany(fact => fact.Shown));
        Assert.Equal(2, await Store.Catalogue.CountExposuresAsync(Tenant, default));
        Assert.Equal(before.Select(one => DomainJson.Write(one)), (await Store.Log.ReadAsync(Tenant, "v", 0, 100, default)).Select(one => DomainJson.Write(one)));
        Assert.True(await Store.Log.HasSessionAsync(Tenant, "v", "s2", default));
        Assert.False(await Store.Log.HasSessionAsync(Tenant, "u", "s2", default));
        Assert.NotNull(await Store.Certificates.GetWindowAsync(Tenant, "c2", default));
        // Ids of the erased are free again: the user may come back as a new one.
        await FillAsync("u", "s", "c1");
    }

    [ComplianceFact]
    public async Task Remove_OfALogThatHasGrown_DeletesNothing()
    {
        await FillAsync("u", "s", "c1");
        await Store.Log.AppendAsync(Tenant, "u", [Event(5, new MemoryForgotten())], null, default);
        Assert.Null(await Erasures.RemoveAsync(Tenant, "u", Footprint, At, default));
        Assert.Equal(5, (await Store.Log.ReadAsync(Tenant, "u", 0, 100, default)).Count);
        Assert.Null(await Erasures.ErasedAtAsync(Tenant, "u", default));
        Assert.Equal(0, await Erasures.LastAsync(Tenant, default));
    }

    [ComplianceFact]
    public async Task Pending_IsKeptUntilItIsComplete_AndIsNotLostToASecondRemoval()
    {
        await FillAsync("u", "s", "c1");
        await Erasures.RemoveAsync(Tenant, "u", Footprint, At, default);
        await ReopenAsync();
        // A second attempt finds an empty log: what the first left to do stays.
        Assert.Equal(new RemovedRows(0, 0, 0, 0, 0, 0), await Erasures.RemoveAsync(Tenant, "u", new UserFootprint("erasure-2", 0, [], [], []), At.AddMinutes(1), default));
        Assert.Equal(DomainJson.Write(Footprint), DomainJson.Write(await Erasures.FindPendingAsync(Tenant, "u", default)));
        Assert.Equal(["u"], await Erasures.ListPendingAsync(Tenant, default));
        Assert.Empty(await Erasures.ListPendingAsync("other", default));

        await Erasures.CompleteAsync(Tenant, "u", default);

        Assert.Null(await Erasures.FindPendingAsync(Tenant, "u", default));
        Assert.Empty(await Erasures.ListPendingAsync(Tenant, default));
        Assert.Equal((At.AddMinutes(1), 2), (await Erasures.ErasedAtAsync(Tenant, "u", default), await Erasures.LastAsync(Tenant, default)));
    }

    [ComplianceFact]
    public async Task Tombstones_BelongToATenant_AndAreNumbered()
    {
        foreach (var user in new[] { "a", "b" })
            await Erasures.RemoveAsync(Tenant, user, new UserFootprint(user, 0, [], [], []), At, default);
        await Erasures.RemoveAsync("other", "c", new UserFootprint("c", 0, [], [], []), At, default);

        Assert.Equal((2, 1), (await Erasures.LastAsync(Tenant, default), await Erasures.LastAsync("other", default)));
        Assert.Equal(["b"], await Erasures.ErasedAmongAsync(Tenant, 1, ["a", "b", "c"], default));
        Assert.Equal(["a", "b"], await Erasures.ErasedAmongAsync(Tenant, 0, ["a", "b", "c"], default));
        Assert.Null(await Erasures.ErasedAtAsync(Tenant, "c", default));
    }

    [ComplianceFact]
    public async Task Load_DoesNotBringTheErasedBack()
    {
        await Erasures.RemoveAsync(Tenant, "u", new UserFootprint("u", 0, [], [], []), At, default);
        var reasons = new List<string>();
        Interaction[] rows = [Rating("u", "a", 4, At), Rating("u", "b", 4, At.AddMilliseconds(1)), Rating("u", "c", 4), Rating("v", "a", 4, Start)];

        var result = await BulkLoad.RunAsync(
            Store, Tenant, new BulkLoadSource([], rows.Select((row, i) => new Sourced<Interaction>(row, "rows.csv", i + 1)), InventItems: true),
            row => reasons.Add($"{row.Line}: {row.Reason}"), null, default);

        Assert.Equal((2, 2), (result.Accepted, result.Rejected));
        Assert.Equal(["1: the user was erased, and this is of the time before, or of none", "3: the user was erased, and this is of the time before, or of none"], reasons);
    }

    [ComplianceFact]
    public async Task Registry_KeepsTheGreaterNumberOfErasures()
    {
        var entry = new ModelArtifactEntry("v1", "v1", "{}") { Erasures = 3 };
        await Store.Artifacts.AddAsync(Tenant, entry, default);
        await Store.Artifacts.AddAsync(Tenant, entry with { Erasures = 2 }, default);
        Assert.Equal(entry, await Store.Artifacts.FindAsync(Tenant, "v1", default));
        Assert.Equal(entry, Assert.Single(await Store.Artifacts.ListAsync(Tenant, default)).Artifact);
    }

    private async Task FillAsync(string user, string session, string certificate)
    {
        LoggedEvent[] events =
        [
            Rated(1, user, "m"), Event(2, Opened(session)), Event(3, Turn(session, 1, "m", "n")), Event(4, new SessionClosed(session)),
        ];
        Assert.Equal(AppendOutcome.Appended, await Store.Log.AppendAsync(Tenant, user, events, new TurnArchive(certificate, "{}", "[]"), default));
    }
}
