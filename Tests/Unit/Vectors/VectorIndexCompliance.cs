using AgentRec.Grains.Abstractions.Vectors;
using static AgentRec.Tests.Unit.Vectors.Points;

namespace AgentRec.Tests.Unit.Vectors;

/// <summary>What every vector index must do, whatever keeps the vectors.</summary>
public sealed class VectorIndexCompliance
{
    private static readonly float[] East = [1, 0, 0, 0];
    private static readonly float[] North = [0, 1, 0, 0];

    public static TheoryData<string> Kinds => [.. IndexUnderTest.Kinds];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task EmptyCollection_AnswersEveryQuestion(string kind)
    {
        await using var it = await IndexUnderTest.OpenAsync(kind);
        var collection = await it.ServedAsync("empty");

        Assert.Empty(await it.Index.FindAsync(collection, Near(East)));
        Assert.Equal(0, await it.Index.CountAsync(collection, VectorFilter.None, default));
        Assert.Empty(await it.Index.ScrollAllAsync(collection, 10));
        await it.Index.DeleteAsync(collection, ["nobody"], default);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Query_OrdersByInnerProduct(string kind)
    {
        await using var it = await IndexUnderTest.OpenAsync(kind);
        var collection = await it.ServedAsync("order", Of("half", [0.5f, 0, 0, 0]), Of("twice", [2, 0, 0, 0]), Of("away", [-1, 0, 0, 0]), Of("aside", North));

        ItemHit[] hits = [.. await it.Index.QueryAsync(collection, Near(East), default)];

        Assert.Equal([new("twice", 2), new("half", 0.5f), new("aside", 0), new("away", -1)], hits);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Query_ForMoreThanThereIs_FindsAll_AndForNoneFindsNone(string kind)
    {
        await using var it = await IndexUnderTest.OpenAsync(kind);
        var collection = await it.ServedAsync("count", Of("a", East), Of("b", North));

        Assert.Equal(2, (await it.Index.FindAsync(collection, Near(East, 1_000))).Length);
        Assert.Equal(["a"], await it.Index.FindAsync(collection, Near(East, 1)));
        Assert.Empty(await it.Index.FindAsync(collection, Near(East, 0)));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Query_OfEqualSimilarities_OrdersByAHashOfTheId(string kind)
    {
        await using var it = await IndexUnderTest.OpenAsync(kind);
        string[] ids = [.. Enumerable.Range(0, 20).Select(number => $"item {number}")];
        var collection = await it.ServedAsync("ties", [.. ids.Select(id => Of(id, East))]);

        Assert.Equal(ids.Order(Comparer<string>.Create((x, y) => ItemHit.Order.Compare(new(x, 1), new(y, 1)))), await it.Index.FindAsync(collection, Near(East, 20)));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Query_InAnotherSpace_ComparesCosines_AndPassesOverItemsWithoutAVector(string kind)
    {
        await using var it = await IndexUnderTest.OpenAsync(kind);
        var collection = await it.ServedAsync("spaces", Of("far but alike", East).With(30, 40), Of("other", East).With(1, 0), Of("nothing", East).With(0, 0), Of("without", East));

        var hits = await it.Index.QueryAsync(collection, new VectorQuery(VectorSpaces.Collaborative, [0.6f, 0.8f], VectorFilter.None, 10), default);

        Assert.Equal(["far but alike", "other", "nothing"], hits.Select(hit => hit.ItemId));
        Assert.Equal(1, hits[0].Similarity, 5);
        Assert.Equal(0.6, hits[1].Similarity, 5);
        Assert.Equal(0, hits[2].Similarity, 5);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Calls_ThatDoNotFitTheSpaces_AreRefused(string kind)
    {
        await using var it = await IndexUnderTest.OpenAsync(kind);
        var collection = await it.ServedAsync("refusals", Of("a", East));

        await FailsAsync(VectorFailure.Refused, () => it.Index.QueryAsync(collection, Near([1, 0, 0]), default));
        await FailsAsync(VectorFailure.Refused, () => it.Index.QueryAsync(collection, Near(East) with { Space = "elsewhere" }, default));
        await FailsAsync(VectorFailure.Refused, () => it.Index.UpsertAsync(collection, [Of("b", [1, 2, 3, 4, 5])], default));
        await FailsAsync(VectorFailure.Refused, () => it.Index.EnsureAsync(
            collection with { Build = "b1" }, Schema with { Spaces = [new VectorSpace(Content, 5, VectorSimilarity.Dot)] }, default));
        Assert.Equal(["a"], await it.Index.FindAsync(collection, Near(East)));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Upsert_OfAKnownItem_ReplacesAllOfIt(string kind)
    {
        await using var it = await IndexUnderTest.OpenAsync(kind);
        var collection = await it.ServedAsync("replace", Of("a", East, ("genre", ["Drama"])).With(1, 0), Of("b", North));

        await it.Index.UpsertAsync(collection, [Of("a", [9, 9, 9, 9]), Of("a", North, ("year", ["1999"]))], default);

        Assert.Equal(2, await it.Index.CountAsync(collection, VectorFilter.None, default));
        Assert.Equal(0, await it.Index.CountAsync(collection, Must(Any("genre", "Drama")), default));
        Assert.Equal(["a"], await it.Index.FindAsync(collection, Near(East, 10, Must(new FacetRange("year") { AtLeast = 1999 }))));
        Assert.Empty(await it.Index.FindAsync(collection, new VectorQuery(VectorSpaces.Collaborative, [1, 0], VectorFilter.None, 10)));
        var page = await it.Index.ScrollAsync(collection, Must(new FacetRange("year") { AtLeast = 1999 }), null, 10, default);
        Assert.Equal(new VectorRecord("a", Of("a", North, ("year", ["1999"])).Stamp), Assert.Single(page.Records));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Ids_OfAnyUnicode_ComeBackAsTheyWere(string kind)
    {
        await using var it = await IndexUnderTest.OpenAsync(kind);
        string[] ids = ["tt0111161", "Amélie", "Ame\u0301lie", "千と千尋の神隠し", "🎬 film", "a/b?c#d%20", "..", "A", "a", " ", new string('x', 128), "\"quoted\"", "0", "1"];
        var collection = await it.ServedAsync("ids", [.. ids.Select(id => Of(id, East))]);

        Assert.Equal(ids.Order(StringComparer.Ordinal), (await it.Index.FindAsync(collection, Near(East, 100))).Order(StringComparer.Ordinal));
        await it.Index.DeleteAsync(collection, ["Amélie", "a", "..", "unknown"], default);
        Assert.Equal(
            ids.Except(["Amélie", "a", ".."], StringComparer.Ordinal).Order(StringComparer.Ordinal), (await it.Index.ScrollAllAsync(collection, 4)).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Tenants_AreApart(string kind)
    {
        await using var it = await IndexUnderTest.OpenAsync(kind);
        // Names that begin alike, that differ in case, and that hold what parts names.
        string[] names = ["shop", "shop.b1", "shop model 1", "Shop", "SHOP", "shop_", "ショップ", new string('s', 128), new string('s', 127)];
        var collections = new List<VectorCollection>();
        foreach (var name in names)
            collections.Add(await it.ServedAsync(name, Of($"of {name}", East)));

        for (var i = 0; i < names.Length; i++)
            Assert.Equal([$"of {names[i]}"], await it.Index.FindAsync(collections[i], Near(East)));
        await it.Index.DeleteTenantAsync(collections[0].Tenant, default);
        await it.Index.DeleteTenantAsync(collections[0].Tenant, default);

        await FailsAsync(VectorFailure.Missing, () => it.Index.QueryAsync(collections[0], Near(East), default));
        for (var i = 1; i < names.Length; i++)
            Assert.Equal([$"of {names[i]}"], await it.Index.FindAsync(collections[i], Near(East)));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Collection_ThatIsNotThere_IsMissing(string kind)
    {
        await using var it = await IndexUnderTest.OpenAsync(kind);
        var collection = new VectorCollection(it.Tenant("missing"), "model 1");

        await FailsAsync(VectorFailure.Missing, () => it.Index.QueryAsync(collection, Near(East), default));
        await FailsAsync(VectorFailure.Missing, () => it.Index.CountAsync(collection, VectorFilter.None, default));
        await FailsAsync(VectorFailure.Missing, () => it.Index.ScrollAsync(collection, VectorFilter.None, null, 1, default));
        await FailsAsync(VectorFailure.Missing, () => it.Index.UpsertAsync(collection, [Of("a", East)], default));
        await FailsAsync(VectorFailure.Missing, () => it.Index.SwitchAsync(collection with { Build = "b1" }, default));
        Assert.Null(await it.Index.ServedBuildAsync(collection, default));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Build_IsServedFromTheSwitchOn_AndTheOneBeforeIsGone(string kind)
    {
        await using var it = await IndexUnderTest.OpenAsync(kind);
        var collection = await it.ServedAsync("switch", Of("old", East));
        var build = collection with { Build = "b2" };
        await it.Index.EnsureAsync(build, Schema, default);
        await it.Index.UpsertAsync(build, [Of("new", East)], default);
        await it.Index.EnsureAsync(build, Schema with { Facets = [.. Schema.Facets, new FacetField("new facet", true)] }, default);

        Assert.Equal(["old"], await it.Index.FindAsync(collection, Near(East)));
        Assert.Equal(["new"], await it.Index.FindAsync(build, Near(East)));
        Assert.Equal("b1", await it.Index.ServedBuildAsync(collection, default));
        await it.Index.SwitchAsync(build, default);
        await it.Index.SwitchAsync(build, default);

        Assert.Equal(["new"], await it.Index.FindAsync(collection, Near(East)));
        Assert.Equal("b2", await it.Index.ServedBuildAsync(collection, default));
        await FailsAsync(VectorFailure.Missing, () => it.Index.CountAsync(collection with { Build = "b1" }, VectorFilter.None, default));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task DropOthers_KeepsOneCollectionWithAllItsBuilds(string kind)
    {
        await using var it = await IndexUnderTest.OpenAsync(kind);
        var kept = await it.ServedAsync("keep", Of("a", East));
        await it.Index.EnsureAsync(kept with { Build = "b2" }, Schema, default);
        await it.Index.EnsureAsync(kept with { Name = "model 10", Build = "b1" }, Schema, default);
        await it.Index.SwitchAsync(kept with { Name = "model 10", Build = "b1" }, default);

        await it.Index.DropOthersAsync(kept, default);

        Assert.Equal(["a"], await it.Index.FindAsync(kept, Near(East)));
        Assert.Equal(0, await it.Index.CountAsync(kept with { Build = "b2" }, VectorFilter.None, default));
        await FailsAsync(VectorFailure.Missing, () => it.Index.CountAsync(kept with { Name = "model 10" }, VectorFilter.None, default));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Switches_UnderQueries_NeverMixBuildsAndNeverFail(string kind)
    {
        await using var it = await IndexUnderTest.OpenAsync(kind);
        var collection = await it.ServedAsync("under load", Generation(1));
        using var finished = new CancellationTokenSource();
        var readers = Enumerable.Range(0, 4).Select(_ => Task.Run(ReadAsync)).ToArray();

        for (var generation = 2; generation <= 8; generation++)
        {
            var build = collection with { Build = $"b{generation}" };
            await it.Index.EnsureAsync(build, Schema, default);
            await it.Index.UpsertAsync(build, [.. Generation(generation)], default);
            await it.Index.SwitchAsync(build, default);
        }
        await finished.CancelAsync();

        Assert.All(await Task.WhenAll(readers), answers => Assert.True(answers > 0));
        Assert.StartsWith("8 ", (await it.Index.FindAsync(collection, Near(East)))[0], StringComparison.Ordinal);

        async Task<int> ReadAsync()
        {
            var (answers, newest) = (0, 0);
            do
            {
                var found = await it.Index.FindAsync(collection, Near(East, 50));
                Assert.Equal(20, found.Length);
                var generation = int.Parse(Assert.Single(found.Select(id => id.Split(' ')[0]).Distinct(StringComparer.Ordinal)));
                Assert.True(generation >= newest, $"build {generation} answered after build {newest}");
                (newest, answers) = (generation, answers + 1);
            }
            while (!finished.IsCancellationRequested);
            return answers;
        }

        static VectorPoint[] Generation(int number) => [.. Enumerable.Range(0, 20).Select(i => Of($"{number} {i}", [i, 1, 0, 0]))];
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Upserts_AtTheSameTime_AllCount(string kind)
    {
        await using var it = await IndexUnderTest.OpenAsync(kind);
        var collection = await it.ServedAsync("at once");

        await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => it.Index.UpsertAsync(
            collection, [.. Enumerable.Range(0, 100).Select(i => Of($"{writer} {i}", East)), Of("of all", North)], default)));

        Assert.Equal(801, await it.Index.CountAsync(collection, VectorFilter.None, default));
        Assert.Equal(["of all"], await it.Index.FindAsync(collection, Near(North, 1)));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task TenThousandPoints_AreFoundCountedAndRead(string kind)
    {
        await using var it = await IndexUnderTest.OpenAsync(kind, ("BatchSize", "1000"));
        VectorPoint[] points = [.. Enumerable.Range(0, 10_000).Select(i => Of($"i{i}", Vector((ulong)i), ("genre", [$"g{i % 7}"]), ("year", [$"{1900 + (i % 100)}"])))];
        var collection = await it.ServedAsync("many", points);
        float[] query = Vector(99_999);
        var filter = new VectorFilter([Any("genre", "G3", "g4"), new FacetRange("year") { LessThan = 1950 }], [new FacetRange("year") { AtMost = 1910 }]);

        ItemHit[] expected = [.. Enumerable.Range(0, 10_000)
            .Where(i => i % 7 is 3 or 4 && i % 100 is > 10 and < 50)
            .Select(i => new ItemHit($"i{i}", Vector((ulong)i).Zip(query, (x, y) => x * y).Sum())).Order(ItemHit.Order)];
        Similarities.AssertSame(expected[..100], [.. await it.Index.QueryAsync(collection, Near(query, 100, filter), default)], expected);
        Assert.Equal(expected.Length, await it.Index.CountAsync(collection, filter, default));
        Assert.Equal(10_000, await it.Index.CountAsync(collection, VectorFilter.None, default));
        Assert.Equal(points.Select(point => point.ItemId).Order(StringComparer.Ordinal), (await it.Index.ScrollAllAsync(collection, 3_000)).Order(StringComparer.Ordinal));
        Assert.Equal(expected.Select(hit => hit.ItemId).Order(StringComparer.Ordinal), (await it.Index.ScrollAllAsync(collection, 250, filter)).Order(StringComparer.Ordinal));

        static float[] Vector(ulong seed) => [.. Enumerable.Range(0, 4).Select(i => (AgentRec.Domain.StableHash.Of(seed, (ulong)i) >> 40) / 8_388_608f - 1)];
    }

    private static async Task FailsAsync(VectorFailure failure, Func<Task> call) =>
        Assert.Equal(failure, (await Assert.ThrowsAsync<VectorIndexException>(call)).Failure);
}
