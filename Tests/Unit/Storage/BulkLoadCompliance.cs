using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Storage;
using AgentRec.Import;
using AgentRec.Storage.Bulk;
using static AgentRec.Tests.Unit.Storage.Samples;

namespace AgentRec.Tests.Unit.Storage;

/// <summary>What a bulk load into every kind of store must do.</summary>
public abstract class BulkLoadCompliance : StoreFixture
{
    private const string Tenant = "default";

    private readonly List<RejectedRow> _rejected = [];

    [ComplianceFact]
    public async Task Run_MixedOrder_AppendsByUserInOrderOfTime()
    {
        await LoadAsync(Interaction("u", "a", 30), Interaction("v", "a", 5), Interaction("u", "b", 10), Interaction("u", "c", 30));
        var events = await Store.Log.ReadAsync(Tenant, "u", 0, 10, default);
        Assert.Equal([1L, 2, 3], events.Select(happened => happened.Sequence));
        Assert.Equal(["b", "a", "c"], events.Select(happened => ((InteractionRecorded)happened.Event).Interaction.ItemId));
        Assert.Equal([Start.AddMinutes(10), Start.AddMinutes(30), Start.AddMinutes(30)], events.Select(happened => happened.At));
    }

    [ComplianceFact]
    public async Task Run_Twice_ChangesNothing()
    {
        Interaction[] rows = [Interaction("u", "a", 1), Interaction("u", "b", null), Interaction("v", "c", 2)];
        var first = await LoadAsync(rows);
        var second = await LoadAsync(rows);
        Assert.Equal(new BulkLoadResult(new CatalogueChange(3, 0, 0), 3, 0, 0, 2), first);
        Assert.Equal(new BulkLoadResult(new CatalogueChange(0, 0, 3), 0, 3, 0, 0), second);
        Assert.Equal(2, (await Store.Log.ReadAsync(Tenant, "u", 0, 10, default)).Count);
    }

    [ComplianceFact]
    public async Task Run_IntoAUsersLog_GoesOnBehindItsLastSequence()
    {
        await Store.Log.AppendAsync(Tenant, "u", [Event(1, Opened("s")), Event(2, new MemoryForgotten())], null, default);
        await LoadAsync(Interaction("u", "a", 1), Interaction("u", "b", 0));
        var events = await Store.Log.ReadAsync(Tenant, "u", 2, 10, default);
        Assert.Equal([3L, 4], events.Select(happened => happened.Sequence));
        Assert.Equal(AppendOutcome.Appended, await Store.Log.AppendAsync(Tenant, "u", [Rated(5, "u", "x")], null, default));
    }

    [ComplianceFact]
    public async Task Run_SameIdOtherContent_IsRejectedWithItsLine()
    {
        var known = Interaction("u", "a", 1);
        await LoadAsync(known);
        var fresh = Interaction("u", "b", 1);
        var result = await LoadAsync(known with { Value = 1 }, fresh, fresh with { ItemId = "c" }, fresh, Interaction("u", "c", 1) with { Value = 7 });
        Assert.Equal((1, 1, 3), (result.Accepted, result.Duplicates, result.Rejected));
        Assert.Equal([1L, 3, 5], _rejected.Select(row => row.Line));
        Assert.All(_rejected, row => Assert.Equal("rows.csv", row.File));
        Assert.Equal("interaction 'rate/u/a' exists with other content", _rejected[0].Reason);
    }

    [ComplianceFact]
    public async Task Run_UnknownItem_IsRejectedOrInvented()
    {
        var row = new Sourced<Interaction>(Interaction("u", "new", 1), "rows.csv", 4);
        var refused = await BulkLoad.RunAsync(Store, Tenant, new BulkLoadSource([], [row], InventItems: false), _rejected.Add, null, default);
        Assert.Equal(1, refused.Rejected);
        Assert.Equal([new RejectedRow("rows.csv", 4, "unknown item 'new'")], _rejected);
        var invented = await BulkLoad.RunAsync(Store, Tenant, new BulkLoadSource([], [row], InventItems: true), _rejected.Add, null, default);
        Assert.Equal((1, 1L), (invented.Items.Added, invented.Accepted));
        Assert.Equal("new", Assert.Single(await Store.Catalogue.LoadAsync(Tenant, default)).Title);
    }

    [ComplianceFact]
    public async Task Run_Interrupted_LeavesNothing()
    {
        using var stop = new CancellationTokenSource();
        IEnumerable<Sourced<Interaction>> Rows()
        {
            yield return new(Interaction("u", "a", 1), "rows.csv", 1);
            stop.Cancel();
            yield return new(Interaction("u", "b", 2), "rows.csv", 2);
        }
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => BulkLoad.RunAsync(Store, Tenant, new BulkLoadSource([], Rows(), InventItems: true), _rejected.Add, null, stop.Token));
        Assert.Empty(await Store.Log.ReadAsync(Tenant, "u", 0, 10, default));
        Assert.Empty(await Store.Catalogue.LoadAsync(Tenant, default));
        Assert.Equal(1, (await LoadAsync(Interaction("u", "a", 1))).Accepted);
    }

    [ComplianceFact]
    public async Task Run_SourceThrows_LeavesNothingAndTheStoreServes()
    {
        static IEnumerable<Sourced<Interaction>> Rows()
        {
            yield return new(Interaction("u", "a", 1), "rows.csv", 1);
            throw new InvalidDataException("broken");
        }
        await Assert.ThrowsAsync<InvalidDataException>(
            () => BulkLoad.RunAsync(Store, Tenant, new BulkLoadSource([], Rows(), InventItems: true), _rejected.Add, null, default));
        Assert.Empty(await Store.Log.ReadAsync(Tenant, "u", 0, 10, default));
        Assert.Equal(1, (await LoadAsync(Interaction("u", "a", 1))).Accepted);
    }

    [ComplianceFact(NeedsSharedData = true)]
    public async Task Run_LatestSmall_KeepsEveryRatingInOrder()
    {
        var folder = DataFolder.Open(Path.Combine(SharedData.Root, "ml-latest-small"));
        var source = new BulkLoadSource(folder.ReadItems(_rejected.Add), folder.ReadInteractions(_rejected.Add), !folder.StatesItems);
        var result = await BulkLoad.RunAsync(Store, Tenant, source, _rejected.Add, null, default);
        Assert.Equal(new BulkLoadResult(new CatalogueChange(9742, 0, 0), 100_836, 0, 0, 610), result);
        Assert.Equal([], _rejected);
        var events = await Store.Log.ReadAsync(Tenant, "414", 0, 10_000, default);
        Assert.Equal(2698, events.Count);
        Assert.Equal(Enumerable.Range(1, 2698).Select(sequence => (long)sequence), events.Select(happened => happened.Sequence));
        Assert.Equal(events.OrderBy(happened => happened.At).Select(happened => happened.At), events.Select(happened => happened.At));
        var count = 0;
        await foreach (var interaction in Store.Catalogue.ReadInteractionsAsync(Tenant, default))
            count += interaction.Type is InteractionType.Rate ? 1 : 0;
        Assert.Equal(100_836, count);
    }

    private static Interaction Interaction(string user, string item, int? minute) =>
        Rating(user, item, 4, minute is { } value ? Start.AddMinutes(value) : null);

    private Task<BulkLoadResult> LoadAsync(params Interaction[] interactions)
    {
        var items = interactions.Select(interaction => interaction.ItemId).Distinct(StringComparer.Ordinal)
            .Select((item, index) => new Sourced<Item>(new Item(item, item, null, Item.NoFacets, null), "items.csv", index + 2));
        var rows = interactions.Select((interaction, index) => new Sourced<Interaction>(interaction, "rows.csv", index + 1));
        return BulkLoad.RunAsync(Store, Tenant, new BulkLoadSource(items, rows, InventItems: false), _rejected.Add, null, default);
    }
}
