using System.Collections.Immutable;
using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Planning;
using AgentRec.Grains.Abstractions.Vectors;
using AgentRec.Tests.Contract.Qdrant;

namespace AgentRec.Tests.Cluster;

/// <summary>A silo whose vectors are on Qdrant: it fills the collection behind the turns, and lives through what happens to it.</summary>
[Trait("Category", "Cluster")]
public sealed class VectorFillingTests : IAsyncLifetime
{
    private const string Query = "POST /collections/{collection_name}/points/query";
    private const string Upsert = "PUT /collections/{collection_name}/points";
    private readonly SiloFixture _silo = new();
    private QdrantServer _server = null!;

    public async Task InitializeAsync()
    {
        _server = await QdrantServer.StartAsync();
        _silo.Settings["Tools:Vectors:Kind"] = "qdrant";
        _silo.Settings["Tools:Vectors:Endpoint"] = _server.Url;
        _silo.Settings["Tools:Vectors:QueryTimeoutMilliseconds"] = "30000";
        _silo.Settings["Tools:Vectors:RetryDelayMilliseconds"] = "1";
        _silo.Settings["Tools:Vectors:BreakAfterCalls"] = "1000";
    }

    public async Task DisposeAsync()
    {
        await _silo.DisposeAsync();
        await _server.DisposeAsync();
        Assert.Empty(_server.Problems);
    }

    [Fact]
    public async Task Turn_FindsTheSameItems_BeforeAndAfterTheCollectionIsFilled()
    {
        var gate = new TaskCompletionSource();
        _server.Fault = operation => operation == Upsert && !gate.Task.IsCompleted ? QdrantFault.Saying("", 503) : null;
        await _silo.InitializeAsync();
        var before = await SearchAsync("dark crime thriller");
        Assert.DoesNotContain(Query, _server.Calls);

        gate.SetResult();
        await FilledAsync();

        Assert.Equal(before, await SearchAsync("dark crime thriller"));
        Assert.Contains(Query, _server.Calls);
        Assert.NotEmpty(before);
        var session = await _silo.OpenAsync("on qdrant", "viewer-050");
        var turn = await _silo.TurnAsync(session, TurnRequest.Empty with { Message = "dark crime thriller" });
        Assert.Empty(turn.Degraded);
        Assert.Contains(turn.Slate!.Items, item => item.Origins.Contains("vectors"));
        await _silo.VerifiedAsync(turn);
    }

    [Fact]
    public async Task Constraints_ArePushedDown()
    {
        await _silo.InitializeAsync();
        await FilledAsync();
        ImmutableArray<Constraint> constraints =
        [
            new("genre", ConstraintOperator.Eq, ["drama"], ConstraintStrength.Hard, null), new("year", ConstraintOperator.Ge, ["1990"], ConstraintStrength.Hard, null),
            new("genre", ConstraintOperator.Ne, ["Comedy"], ConstraintStrength.Hard, null), new("genre", ConstraintOperator.Eq, ["Western"], ConstraintStrength.Soft, null),
        ];

        var matches = await _silo.Search.SearchAsync(Identifier.DefaultTenant, "love", constraints, 20, default);

        Assert.NotEmpty(matches);
        Assert.All(matches, match => Assert.All(
            constraints.Where(constraint => constraint.Strength is ConstraintStrength.Hard),
            constraint => Assert.True(constraint.IsMetBy(_silo.Catalogue.Values(match.Handle, constraint.Facet)))));
        Assert.Equal(await EmbeddedAsync("love", constraints, 20), matches);
    }

    [Fact]
    public async Task Failure_DegradesTheTurn_AndNeverFailsIt()
    {
        await _silo.InitializeAsync();
        await FilledAsync();
        _server.Fault = _ => QdrantFault.Saying("", 500);
        var session = await _silo.OpenAsync("broken qdrant", "viewer-051");

        var turn = await _silo.TurnAsync(session, TurnRequest.Empty with { Message = "dark crime thriller" });

        Assert.Equal(new Degradation("vectors", "failed"), Assert.Single(turn.Degraded));
        Assert.Equal(10, turn.Slate!.Items.Length);
        await _silo.VerifiedAsync(turn);
    }

    [Fact]
    public async Task PutItems_AreFoundThroughQdrant_AndOnlyTheyAreWritten()
    {
        await _silo.InitializeAsync();
        await FilledAsync();
        var written = _server.Calls.Count(call => call == Upsert);
        var item = new Item("new one", "Zanzibar Quokka Festival", null, Item.NoFacets.Add("genre", ["Drama"]), null);

        await _silo.CatalogueGrain.Put([item]);
        Assert.Equal("new one", await FirstAsync("zanzibar quokka festival"));
        await FilledAsync();

        Assert.Equal("new one", await FirstAsync("zanzibar quokka festival"));
        Assert.Equal(written + 1, _server.Calls.Count(call => call == Upsert));
    }

    [Fact]
    public async Task Restart_FindsTheCollection_AndWritesNothing()
    {
        await _silo.InitializeAsync();
        await FilledAsync();
        var written = _server.Calls.Count(call => call == Upsert);

        await _silo.RestartAsync();
        await FilledAsync();

        Assert.Equal(written, _server.Calls.Count(call => call == Upsert));
        Assert.Single(_server.Store.Collections);
    }

    [Fact]
    public async Task Collection_ThatWasDeleted_IsReplacedWhileTurnsGoOn()
    {
        await _silo.InitializeAsync();
        await FilledAsync();
        var before = await SearchAsync("dark crime thriller");
        await using (var operatorsOwn = QdrantClient.Of(_server))
            await operatorsOwn.Index.DeleteTenantAsync(Identifier.DefaultTenant, default);

        Assert.Equal(before, await SearchAsync("dark crime thriller"));

        await FilledAsync();
        Assert.Equal(before, await SearchAsync("dark crime thriller"));
    }

    [Fact]
    public async Task ActivatedModel_IsFilledInto_ACollectionOfItsOwn()
    {
        await _silo.InitializeAsync();
        await FilledAsync();
        var version = await SecondModel.AddAsync(_silo.Store);

        await _silo.Models.Activate(version, force: true);
        await FilledAsync();

        Assert.Equal(version, _silo.Serving.Current.Version);
        Assert.Contains(version, Assert.Single(_server.Store.Collections), StringComparison.Ordinal);
        Assert.NotEmpty(await SearchAsync("dark crime thriller"));
    }

    [Fact]
    public async Task TwoSilos_FillOneCollection_AndDropWhatOlderModelsLeft()
    {
        await using (var past = QdrantClient.Of(_server))
        {
            var older = new VectorCollection(Identifier.DefaultTenant, "an older model", "b1");
            await past.Index.EnsureAsync(older, Unit.Vectors.Points.Schema, default);
            await past.Index.SwitchAsync(older, default);
        }
        var other = new SiloFixture();
        foreach (var (name, value) in _silo.Settings)
            other.Settings[name] = value;

        await Task.WhenAll(_silo.InitializeAsync(), other.InitializeAsync());
        await FilledAsync();
        await SiloFixture.ComesToAsync(true, () => Task.FromResult(other.IsOnExternalIndex));

        Assert.Single(_server.Store.Collections);
        Assert.Single(_server.Store.Aliases);
        Assert.Equal(await SearchAsync("dark crime thriller"), (await other.Search.SearchAsync(Identifier.DefaultTenant, "dark crime thriller", [], 100, default)).ToArray());
        await other.DisposeAsync();
    }

    private Task FilledAsync() => SiloFixture.ComesToAsync(true, () => Task.FromResult(_silo.IsOnExternalIndex));

    private async Task<Match[]> SearchAsync(string text) => [.. await _silo.Search.SearchAsync(Identifier.DefaultTenant, text, [], 100, default)];

    private async Task<string> FirstAsync(string text) => _silo.Catalogue.Item((await SearchAsync(text))[0].Handle).ItemId;

    /// <summary>What the silo's own index finds.</summary>
    private async Task<IEnumerable<Match>> EmbeddedAsync(string text, ImmutableArray<Constraint> constraints, int count)
    {
        var before = _silo.Settings["Tools:Vectors:Kind"];
        _silo.Settings["Tools:Vectors:Kind"] = "embedded";
        await _silo.RestartAsync();
        var matches = await _silo.Search.SearchAsync(Identifier.DefaultTenant, text, constraints, count, default);
        _silo.Settings["Tools:Vectors:Kind"] = before;
        return matches;
    }
}
