using System.Diagnostics.Metrics;
using AgentRec.Domain;
using AgentRec.Grains.Abstractions;
using AgentRec.Silo.Telemetry;
using AgentRec.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace AgentRec.Tests.Cluster.Tenants;

/// <summary>Several tenants on one silo: each has its own catalogue and model, and what happens to one is nothing to the others.</summary>
[Trait("Category", "Cluster")]
public sealed class TenantServingTests : IAsyncLifetime
{
    private const string User = "viewer-031";

    private readonly SiloFixture _silo = new()
    {
        Settings =
        {
            ["Models:CheckMilliseconds"] = "50",
            ["Models:RetryMilliseconds"] = "50",
            ["Silo:ErasureMilliseconds"] = "600000",
        },
        Prepare = static folder => SecondTenant.AddAsync(folder, "b"),
    };

    private TenantView A => new(_silo.Services, Identifier.DefaultTenant);

    private TenantView B => new(_silo.Services, "b");

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _silo.DisposeAsync();

    [Fact]
    public async Task Slates_ItemsAndReasons_AreTheTenantsOwn()
    {
        await _silo.InitializeAsync();
        Assert.Equal((2_000, SecondTenant.Count), (A.Held.Serving.Current.Catalogue.Count, B.Held.Serving.Current.Catalogue.Count));
        Assert.NotEqual(A.Held.Serving.Current.Version, B.Held.Serving.Current.Version);
        // Users of the same names in both, who rated items of the same ids.
        var (ours, theirs) = (await A.TurnAsync("s", User), await B.TurnAsync("s", User));

        foreach (var (slate, view) in new[] { (ours.Slate!, A), (theirs.Slate!, B) })
        {
            foreach (var item in slate.Items)
            {
                Assert.Equal((await view.Item(item.ItemId).Describe())!.Item.Title, item.Title);
                Assert.All(item.Explanation.Evidence, one => Assert.True(one.ItemId is null || view.Held.Serving.Current.Catalogue.TryHandle(one.ItemId, out _)));
            }
        }
        Assert.All(theirs.Slate!.Items, item => Assert.StartsWith(SecondTenant.Word, item.Title, StringComparison.Ordinal));
        Assert.DoesNotContain(ours.Slate!.Items, item => item.Title.StartsWith(SecondTenant.Word, StringComparison.Ordinal));
        Assert.Contains(Histories(theirs), text => text.Contains(SecondTenant.Word, StringComparison.Ordinal));
        Assert.NotEmpty(Histories(ours));
        Assert.DoesNotContain(Histories(ours), text => text.Contains(SecondTenant.Word, StringComparison.Ordinal));
        // An item of the greater catalogue does not exist in the other.
        var only = _silo.Catalogue.Items[SecondTenant.Count + 5].ItemId;
        Assert.NotNull(await A.Item(only).Describe());
        Assert.Null(await B.Item(only).Describe());
        // Words find what is one's own.
        Assert.Empty((await _silo.Search.SearchAsync("b", _silo.Catalogue.Items[0].Title, [], 10, default)).Where(match => match.Handle >= SecondTenant.Count));
        Assert.Equal(SecondTenant.Items[7].ItemId, B.Held.Serving.Current.Catalogue.Item((await _silo.Search.SearchAsync("b", $"{SecondTenant.Word}7", [], 1, default))[0].Handle).ItemId);

        static IEnumerable<string> Histories(TurnResult turn) =>
            turn.Slate!.Items.SelectMany(item => item.Explanation.Evidence).Where(one => one.Kind is EvidenceKind.History).Select(one => one.Text);
    }

    [Fact]
    public async Task Gauges_OfModelsAndItems_NameTheTenant()
    {
        await _silo.InitializeAsync();
        var gauges = ActivatorUtilities.CreateInstance<SiloGauges>(_silo.Services);
        var heard = new HashSet<string>(StringComparer.Ordinal);
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, it) =>
            {
                if (instrument.Meter.Scope == _silo.Services.GetRequiredService<IMeterFactory>() && instrument.Name is "agentrec.model.serving" or "agentrec.catalogue.items")
                    it.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => heard.Add($"{instrument.Name} {string.Join(' ', tags.ToArray().Select(tag => tag.Value))} {value}"));
        listener.Start();
        listener.RecordObservableInstruments();

        Assert.Superset(
            new HashSet<string>(StringComparer.Ordinal)
            {
                $"agentrec.model.serving default {A.Held.Serving.Current.Version} 1", $"agentrec.model.serving b {B.Held.Serving.Current.Version} 1",
                "agentrec.catalogue.items default 2000", "agentrec.catalogue.items b 300",
            },
            heard);
        GC.KeepAlive(gauges);
    }

    [Fact]
    public async Task SwapErasureAndNewItem_InOneTenant_LeaveTheOthersAnswersAsTheyWere()
    {
        await _silo.InitializeAsync();
        var item = SecondTenant.Items[100].ItemId;
        var (ours, theirs) = (await A.AnswersAsync("0", User, item), await B.AnswersAsync("0", User, item));
        Assert.Equal(ours, await A.AnswersAsync("1", User, item));
        var first = B.Held.Serving.Current.Version;

        await B.Catalogue.Put([new Item("of-b", $"{SecondTenant.Word} of b", null, Item.NoFacets.Add("genre", ["Comedy"]), null)]);
        Assert.Equal(ours, await A.AnswersAsync("2", User, item));
        Assert.NotNull(await B.Item("of-b").Describe());
        Assert.Null(await A.Item("of-b").Describe());

        await B.Erasure.Erase("viewer-032");
        var refitted = B.Held.Serving.Current.Version;
        Assert.NotEqual(first, refitted);
        Assert.Equal(ours, await A.AnswersAsync("3", User, item));
        Assert.NotEqual(0, (await A.User("viewer-032").DescribeMemory()).Interactions);
        Assert.Equal(0, (await B.User("viewer-032").DescribeMemory()).Interactions);

        // The model of before the erasure is fitted again in its turn, for this tenant alone.
        var trained = await SecondTenant.TrainAsync(_silo.Store, "b");
        await SiloFixture.ComesToAsync(trained, () => Task.FromResult(B.Held.Serving.Current.Version));
        Assert.Equal(ours, await A.AnswersAsync("4", User, item));

        theirs = await B.AnswersAsync("5", User, item);
        var second = await SecondModel.AddAsync(_silo.Store);
        Assert.True((await A.Models.Activate(second, force: true)).IsActive);
        Assert.Equal(second, A.Held.Serving.Current.Version);
        Assert.Equal(theirs, await B.AnswersAsync("6", User, item));
        Assert.NotEqual(ours, await A.AnswersAsync("6", User, item));
    }

    [Fact]
    public async Task Tenant_ThatBeginsWhileTheSiloRuns_BringsItems_IsRefusedTurns_AndIsServedOnceItHasAModel()
    {
        await _silo.InitializeAsync();
        var c = new TenantView(_silo.Services, "c");
        var refused = await Assert.ThrowsAsync<TenantNotServedException>(() => c.OpenAsync("early", User));
        Assert.Contains("agentrec train --tenant c", refused.Message, StringComparison.Ordinal);
        Assert.Equal(1, (await c.Catalogue.Put([SecondTenant.Items[0]])).Added);
        Assert.Equal(SecondTenant.Items[0], (await c.Item(SecondTenant.Items[0].ItemId).Describe())!.Item);
        Assert.Equal((await A.Policies.List()).Select(policy => policy.Name), (await c.Policies.List()).Select(policy => policy.Name));
        await Assert.ThrowsAsync<TenantNotServedException>(() => c.OpenAsync("with items", User));
        Assert.Empty(_silo.Readiness.Reasons);

        await c.Catalogue.Put(SecondTenant.Items);
        await SecondTenant.ImportAsync(_silo.Store, "c");
        await SecondTenant.TrainAsync(_silo.Store, "c");
        await SiloFixture.ComesToAsync(true, () => Task.FromResult(c.Held.Serving.Current.IsReady));

        Assert.All((await c.TurnAsync("late", User)).Slate!.Items, one => Assert.StartsWith(SecondTenant.Word, one.Title, StringComparison.Ordinal));
        // Nobody asks for this one: a look into the store finds it.
        await SecondTenant.ImportAsync(_silo.Store, "d");
        await SecondTenant.TrainAsync(_silo.Store, "d");
        await SiloFixture.ComesToAsync(true, () => Task.FromResult(_silo.Tenants.All.Any(tenant => tenant is { Name: "d", Serving.Current.IsReady: true })));
    }

    [Fact]
    public async Task Tenant_WhoseModelOrCatalogueCannotBeRead_IsNamed_AndTheOthersAreServed()
    {
        _silo.Prepare = static async folder =>
        {
            await SecondTenant.AddAsync(folder, "b");
            await SecondTenant.AddAsync(folder, "c");
            using var session = SqliteSession.Open(Path.Combine(folder, "agentrec.db"), Pragmas.Writer);
            session.Script("UPDATE artifacts SET folder = 'gone' WHERE tenant = 'b'; UPDATE items SET content = '{' WHERE tenant = 'c' AND handle = 7;");
        };
        await _silo.InitializeAsync();
        var c = new TenantView(_silo.Services, "c");

        Assert.Empty(_silo.Readiness.Reasons);
        Assert.Equal(["Tenant 'b' is not served.", "Tenant 'c' is not served."], _silo.Readiness.Notes.Select(note => note[..(note.IndexOf('.', StringComparison.Ordinal) + 1)]));
        Assert.Equal(10, (await A.TurnAsync("s", User)).Slate!.Items.Length);
        await Assert.ThrowsAsync<TenantNotServedException>(() => B.OpenAsync("s", User));
        await Assert.ThrowsAsync<TenantNotServedException>(() => c.OpenAsync("s", User));
        // What does not need it works.
        Assert.NotNull(await B.Item(SecondTenant.Items[3].ItemId).Describe());

        using (var session = SqliteSession.Open(Path.Combine(_silo.StoreFolder, "agentrec.db"), Pragmas.Writer))
            session.Script($"UPDATE artifacts SET folder = version WHERE tenant = 'b'; UPDATE items SET content = '{DomainJson.Write(SecondTenant.Items[7]).Replace("'", "''", StringComparison.Ordinal)}' WHERE tenant = 'c' AND handle = 7;");

        await SiloFixture.ComesToAsync(0, () => Task.FromResult(_silo.Readiness.Notes.Count));
        Assert.Equal(10, (await B.TurnAsync("repaired", User)).Slate!.Items.Length);
        Assert.Equal(10, (await c.TurnAsync("repaired", User)).Slate!.Items.Length);
    }
}
