using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Models;
using AgentRec.Recommenders;
using AgentRec.Recommenders.Artifacts;
using AgentRec.Storage.Sqlite;

namespace AgentRec.Tests.Cluster;

/// <summary>Models that take each other's place in a silo that goes on serving.</summary>
[Trait("Category", "Cluster")]
public sealed class ModelSwapTests : IAsyncLifetime
{
    private const string Tenant = Identifier.DefaultTenant;

    private readonly SiloFixture _silo = new();
    private string _first = "";
    private string _second = "";

    public static TheoryData<string> Damages => ["a byte of a file", "a file is missing", "the folder is missing", "no manifest", "another manifest"];

    private string Artifacts => _silo.Store.ArtifactFiles.Directory;

    public Task InitializeAsync()
    {
        _silo.Settings["Models:CheckMilliseconds"] = "50";
        _silo.Settings["Models:RetryMilliseconds"] = "50";
        return Task.CompletedTask;
    }

    public Task DisposeAsync() => _silo.DisposeAsync();

    [Fact]
    public Task Turns_WhileModelsAlternate_AllSucceed() => AlternateAsync(swaps: 6);

    [Fact, Trait("Category", "Long")]
    public Task Turns_WhileModelsAlternateTwentyTimes_AllSucceed() => AlternateAsync(swaps: 20);

    [Fact]
    public async Task Activation_IsServedWhenItIsAnswered_AndAskedAgainChangesNothing()
    {
        await StartAsync();

        var outcome = await _silo.Models.Activate(_second, force: true);
        var again = await _silo.Models.Activate(_second, force: false);

        Assert.Equal(ModelActivationStatus.Activated, outcome.Status);
        Assert.Equal(ModelActivationStatus.AlreadyActive, again.Status);
        Assert.Equal(_second, _silo.Serving.Current.Version);
        var view = await _silo.Models.List();
        Assert.Equal((_second, _first), (view.Active, view.Before));
        Assert.Equal([_second, _first], view.Models.Select(model => model.Version));
        Assert.Equal(["content", "popularity"], view.Models[0].Scorers.AsEnumerable());
        Assert.Equal((2_000, _silo.Serving.Current.Required.Info.Positives), (view.Models[0].Data!.Items, view.Models[0].Data!.Positives));
        var here = Assert.Single(view.Silos);
        Assert.Equal((_second, null, null), (here.Serving, here.Loading, here.Failure));
    }

    [Fact]
    public async Task Rollback_ServesTheOlderModelAgain_AndARestartKeepsIt()
    {
        await StartAsync();
        await _silo.Models.Activate(_second, force: true);

        var outcome = await _silo.Models.Activate((await _silo.Models.List()).Before!, force: false);
        await _silo.RestartAsync();

        Assert.True(outcome.IsActive, outcome.Reason);
        Assert.Equal(_first, _silo.Serving.Current.Version);
        var view = await _silo.Models.List();
        Assert.Equal([ActivationCause.Rollback, ActivationCause.Train], view.Models.Single(model => model.Active).Activations.Select(activation => activation.Cause));
        await TurnAsync("after a restart");
    }

    [Fact]
    public async Task WorseModel_IsRefusedWithBothFigures_UnlessForced()
    {
        _silo.Settings["Models:GreatestLoss"] = "0";
        await StartAsync();
        var figures = (await _silo.Models.List()).Models.ToDictionary(model => model.Version, model => model.Served!.Ndcg, StringComparer.Ordinal);
        Assert.NotEqual(figures[_first], figures[_second]);
        var (better, worse) = figures[_first] > figures[_second] ? (_first, _second) : (_second, _first);
        await _silo.Models.Activate(better, force: true);

        var refused = await _silo.Models.Activate(worse, force: false);

        Assert.Equal(ModelActivationStatus.Refused, refused.Status);
        Assert.Equal((figures[worse], figures[better]), (refused.Comparison!.Candidate.Ndcg, refused.Comparison.Active.Ndcg));
        Assert.Contains(FormattableString.Invariant($"{figures[worse]:F4}"), refused.Reason, StringComparison.Ordinal);
        Assert.Contains(FormattableString.Invariant($"{figures[better]:F4}"), refused.Reason, StringComparison.Ordinal);
        Assert.False(refused.Comparison.SameTail);
        Assert.Equal(better, _silo.Serving.Current.Version);

        var forced = await _silo.Models.Activate(worse, force: true);

        Assert.Equal(ModelActivationStatus.Activated, forced.Status);
        Assert.Equal(ActivationCause.Forced, (await _silo.Store.Artifacts.LastAsync(Tenant, default))!.Cause);
        Assert.Equal(worse, _silo.Serving.Current.Version);
    }

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task BrokenModel_IsNotActivated_AndTheOtherGoesOnServing(string damage)
    {
        await StartAsync();
        Damage(_second, damage);

        var outcome = await _silo.Models.Activate(_second, force: true);

        Assert.Equal(ModelActivationStatus.Unusable, outcome.Status);
        Assert.Contains(_second, outcome.Reason, StringComparison.Ordinal);
        Assert.Equal(_first, (await _silo.Store.Artifacts.LastAsync(Tenant, default))!.Version);
        Assert.Equal(_first, _silo.Serving.Current.Version);
        await TurnAsync("with the other");
    }

    [Fact]
    public async Task UnknownModel_IsNotActivated()
    {
        await StartAsync();

        Assert.Equal(ModelActivationStatus.Unknown, (await _silo.Models.Activate("../../etc", force: true)).Status);
        Assert.Equal(_first, _silo.Serving.Current.Version);
    }

    [Fact]
    public async Task ActivationElsewhere_IsFollowed_AndOneThatCannotBeLoadedIsNamedUntilItCan()
    {
        await StartAsync();
        var kept = await File.ReadAllBytesAsync(Path.Combine(Artifacts, _second, "content.bin"));
        Damage(_second, "a file is missing", "content.bin");

        await _silo.Store.Artifacts.ActivateAsync(Tenant, _second, ActivationCause.Request, 1, default);
        await SiloFixture.ComesToAsync(_second, async () => (await _silo.Models.List()).Silos[0].Failure?.Version);

        var here = (await _silo.Models.List()).Silos[0];
        Assert.Equal(_first, here.Serving);
        Assert.Contains("content.bin", here.Failure!.Reason, StringComparison.Ordinal);
        Assert.Empty(_silo.Readiness.Reasons);
        Assert.Contains(_second, Assert.Single(_silo.Readiness.Notes), StringComparison.Ordinal);
        Assert.Equal(ModelActivationStatus.Unusable, (await _silo.Models.Activate(_second, force: false)).Status);
        await TurnAsync("while the active one is broken");

        await File.WriteAllBytesAsync(Path.Combine(Artifacts, _second, "content.bin"), kept);
        await SiloFixture.ComesToAsync(_second, () => Task.FromResult(_silo.Serving.Current.Version));
        await SiloFixture.ComesToAsync(0, () => Task.FromResult(_silo.Readiness.Notes.Count));
    }

    [Fact]
    public async Task Restart_WithABrokenActiveModel_ServesTheOneBefore()
    {
        await StartAsync();
        await _silo.Models.Activate(_second, force: true);
        Damage(_second, "a byte of a file");

        await _silo.RestartAsync();

        Assert.Equal(_first, _silo.Serving.Current.Version);
        Assert.Contains(_second, Assert.Single(_silo.Readiness.Notes), StringComparison.Ordinal);
        await TurnAsync("after a restart");
    }

    [Fact]
    public async Task Restart_WithNoModelThatCanBeLoaded_SaysWhy_AndRecovers()
    {
        await StartAsync();
        var kept = await File.ReadAllBytesAsync(Path.Combine(Artifacts, _first, "content.bin"));
        Damage(_first, "a byte of a file", "content.bin");

        await _silo.RestartAsync();

        Assert.Contains("content.bin", Assert.Single(_silo.Readiness.Reasons), StringComparison.Ordinal);
        await File.WriteAllBytesAsync(Path.Combine(Artifacts, _first, "content.bin"), kept);
        Assert.Equal(ModelActivationStatus.AlreadyActive, (await _silo.Models.Activate(_first, force: false)).Status);
        Assert.Empty(_silo.Readiness.Reasons);
        await TurnAsync("after a repair");
    }

    [Fact]
    public async Task Activations_AtOnce_EndWithTheLastOneServed()
    {
        await StartAsync();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => _silo.Models.Activate(i % 2 == 0 ? _second : _first, force: true)));

        Assert.All(outcomes, outcome => Assert.True(outcome.IsActive, outcome.Reason));
        var last = (await _silo.Store.Artifacts.LastAsync(Tenant, default))!;
        Assert.Equal(last.Version, _silo.Serving.Current.Version);
        var numbers = (await _silo.Models.List()).Models.SelectMany(model => model.Activations).Select(activation => activation.Number);
        Assert.Equal(Enumerable.Range(1, (int)last.Number).Select(number => (long)number), numbers.Order());
    }

    [Fact]
    public async Task FirstModel_ActivatedInARunningSilo_IsServedOverWhatWasPutMeanwhile()
    {
        _silo.Prepare = store => ScriptAsync(store, "DELETE FROM activations");
        await StartAsync();
        Assert.Contains("agentrec train", Assert.Single(_silo.Readiness.Reasons), StringComparison.Ordinal);
        await _silo.CatalogueGrain.Put([new Item("early", "Early", null, Item.NoFacets.Add("genre", ["Drama"]), null)]);

        Assert.True((await _silo.Models.Activate(_first, force: false)).IsActive);

        Assert.True(_silo.Catalogue.TryHandle("early", out var handle));
        Assert.Equal(2_000, handle);
        await TurnAsync("with a first model");
    }

    [Fact]
    public async Task StoreOfThePreviousBuild_OpensAndServes()
    {
        _silo.Prepare = store => ScriptAsync(
            store,
            """
            ALTER TABLE artifacts DROP COLUMN added_at;
            ALTER TABLE artifacts DROP COLUMN number;
            ALTER TABLE artifacts ADD COLUMN activation INTEGER NOT NULL DEFAULT 3;
            CREATE UNIQUE INDEX artifacts_activation ON artifacts (tenant, activation);
            DROP TABLE activations;
            DROP INDEX items_changed;
            ALTER TABLE items DROP COLUMN changed;
            DROP TABLE access_keys;
            DROP TABLE tombstones;
            DROP TABLE tombstone_key;
            ALTER TABLE artifacts DROP COLUMN erasures;
            DELETE FROM schema_versions WHERE version >= 4;
            """);
        await StartAsync();

        var model = (await _silo.Models.List()).Models.Single(model => model.Active);

        Assert.Equal((_first, null), (model.Version, model.AddedAt));
        Assert.Equal(new ModelActivation(3, _first, null, ActivationCause.Train), Assert.Single(model.Activations));
        await TurnAsync("on an older store");
        Assert.True((await _silo.Models.Activate(_second, force: true)).IsActive);
        Assert.Equal(4, (await _silo.Store.Artifacts.LastAsync(Tenant, default))!.Number);
    }

    private static async Task ScriptAsync(string store, string script)
    {
        await Task.Yield();
        using var session = SqliteSession.Open(Path.Combine(store, "agentrec.db"), Pragmas.Writer);
        session.Script(script);
    }

    private async Task StartAsync()
    {
        await _silo.InitializeAsync();
        _first = (await _silo.Store.Artifacts.ListAsync(Tenant, default))[0].Artifact.Version;
        _second = await SecondModel.AddAsync(_silo.Store);
    }

    private async Task AlternateAsync(int swaps)
    {
        const int sessions = 16;
        await StartAsync();
        var before = Served();
        var (versions, isOver) = (new ConcurrentDictionary<string, int>(StringComparer.Ordinal), false);
        using var taken = new SemaphoreSlim(0);
        var visitors = Enumerable.Range(0, sessions).Select(visitor => Task.Run(async () =>
        {
            for (var n = 0; !Volatile.Read(ref isOver); n++)
            {
                // Each turn begins a session of another user: scores are computed, and strata are asked for, under either model.
                var session = await _silo.OpenAsync($"swap {visitor} {n}", $"viewer-{(visitor + (n * sessions)) % 400:D3}");
                var turn = await _silo.TurnAsync(session, TurnRequest.Empty with { Policy = "balanced", Message = n % 2 == 0 ? null : "dark crime thriller" });
                Assert.Empty(turn.Degraded);
                Assert.Equal(TurnRequest.DefaultSlateSize, turn.Slate!.Items.Length);
                var certificate = await _silo.VerifiedAsync(turn);
                versions.AddOrUpdate(certificate.GetProperty("models").GetProperty("recommender").GetString()!, 1, static (_, count) => count + 1);
                taken.Release();
            }
        })).ToArray();
        for (var swap = 0; swap < swaps; swap++)
        {
            while (taken.Wait(0))
                continue;
            Assert.True((await _silo.Models.Activate(swap % 2 == 0 ? _second : _first, force: true)).IsActive);
            // As many turns as there are sessions end before the next change; a visitor that ends by then has failed.
            for (var turn = 0; turn < sessions; turn++)
                await Task.WhenAny(taken.WaitAsync(), Task.WhenAny(visitors));
        }
        Volatile.Write(ref isOver, true);
        await Task.WhenAll(visitors);

        Assert.Equal([.. new[] { _first, _second }.Order(StringComparer.Ordinal)], versions.Keys.Order(StringComparer.Ordinal));
        Assert.True(versions.Values.Sum() >= swaps * sessions);
        await SiloFixture.ComesToAsync(false, () =>
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            return Task.FromResult(before.TryGetTarget(out _));
        });
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private WeakReference<RecommenderModel> Served() => new(_silo.Serving.Current.Required);

    private async Task TurnAsync(string session)
    {
        var turn = await _silo.TurnAsync(await _silo.OpenAsync(session, "viewer-050"));
        Assert.Empty(turn.Degraded);
        await _silo.VerifiedAsync(turn);
    }

    private void Damage(string version, string damage, string file = "popularity.bin")
    {
        var folder = Path.Combine(Artifacts, version);
        switch (damage)
        {
            case "a byte of a file":
                var bytes = File.ReadAllBytes(Path.Combine(folder, file));
                bytes[^1] ^= 1;
                File.WriteAllBytes(Path.Combine(folder, file), bytes);
                break;
            case "a file is missing":
                File.Delete(Path.Combine(folder, file));
                break;
            case "the folder is missing":
                Directory.Delete(folder, recursive: true);
                break;
            case "no manifest":
                File.WriteAllText(Path.Combine(folder, ModelArtifact.ManifestName), "{\"format\":1");
                break;
            default:
                File.Copy(Path.Combine(Artifacts, _first, ModelArtifact.ManifestName), Path.Combine(folder, ModelArtifact.ManifestName), overwrite: true);
                break;
        }
    }
}
