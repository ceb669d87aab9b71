using AgentRec.Domain;
using AgentRec.Recommenders;
using AgentRec.Recommenders.Artifacts;
using AgentRec.Silo;
using AgentRec.Storage;
using AgentRec.Tests.Contract.Ranking;
using AgentRec.Tests.Unit;

namespace AgentRec.Tests.Cluster;

/// <summary>A silo whose ranking model runs on another host: it ranks alike, and lives without it.</summary>
[Trait("Category", "Cluster")]
public sealed class RemoteRankingTests : IAsyncLifetime
{
    private readonly SiloFixture _silo = new();
    private readonly TempFolder _copy = new();
    private RankerHost _host = null!;

    public async Task InitializeAsync()
    {
        _host = await RankerHost.StartEmptyAsync();
        _silo.Settings["Tools:Ranking:Endpoint"] = _host.Grpc.ToString();
        _silo.Settings["Tools:Ranking:TimeoutMilliseconds"] = "30000";
    }

    public async Task DisposeAsync()
    {
        await _silo.DisposeAsync();
        await _host.DisposeAsync();
        _copy.Dispose();
    }

    [Fact]
    public async Task Turn_RankedByAnotherHost_IsTheTurnRankedInProcess()
    {
        await ExportAsync();
        await _silo.InitializeAsync();
        var inProcess = new SiloFixture();
        await inProcess.InitializeAsync();

        var (remote, local) = (await SlateAsync(_silo, "viewer-050"), await SlateAsync(inProcess, "viewer-050"));

        await inProcess.DisposeAsync();

        Assert.Empty(remote.Degraded);
        Assert.Equal(local.Slate!.Items.Select(item => item.ItemId), remote.Slate!.Items.Select(item => item.ItemId));
    }

    [Fact]
    public async Task Turn_WithoutTheOtherHost_IsRankedByTheBlendAndSaysSo()
    {
        await ExportAsync();
        await _host.StopAsync();
        await _silo.InitializeAsync();

        var without = await SlateAsync(_silo, "viewer-050");
        await _host.RestartAsync();
        var with = await SlateAsync(_silo, "viewer-051");

        Assert.Contains(without.Degraded, degradation => degradation.Tool == "ranking");
        Assert.Equal(10, without.Slate!.Items.Length);
        await _silo.VerifiedAsync(without);
        Assert.Empty(with.Degraded);
    }

    [Fact]
    public async Task Turn_WithAnotherModelOnTheHost_SaysSo()
    {
        await ExportAsync("another-artifact");
        await _silo.InitializeAsync();

        var turn = await SlateAsync(_silo, "viewer-050");

        Assert.Contains(turn.Degraded, degradation => degradation.Tool == "ranking" && degradation.Reason.Contains("another model", StringComparison.Ordinal));
        await _silo.VerifiedAsync(turn);
    }

    private static async Task<TurnResult> SlateAsync(SiloFixture silo, string user) => await silo.TurnAsync(await silo.OpenAsync($"ranked for {user}", user));

    private async Task ExportAsync(string? artifact = null)
    {
        await SampleStore.CopyAsync(_copy.Path);
        await using (var store = await EmbeddedStore.OpenAsync(_copy.Path, TimeProvider.System, default))
        {
            var active = await store.Artifacts.ActiveAsync(Identifier.DefaultTenant, default);
            var catalogue = Catalogue.Create(await store.Catalogue.LoadAsync(Identifier.DefaultTenant, default));
            var model = ModelArtifact.Load(Path.Combine(store.ArtifactFiles.Directory, active!.Folder), catalogue);
            Assert.NotNull(RankingExport.Write(model, artifact ?? active.Version, _host.Repository));
        }
        await _host.RefreshAsync();
    }
}
