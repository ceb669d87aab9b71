using System.Collections.Immutable;
using System.Text.Json;
using AgentRec.Grains.Abstractions.Models;
using AgentRec.Grains.Abstractions.Storage;
using AgentRec.Grains.Models;
using AgentRec.Recommenders;
using AgentRec.Recommenders.Artifacts;
using AgentRec.Recommenders.Blending;
using AgentRec.Storage;

namespace AgentRec.Tests.Unit.Grains;

/// <summary>Which models may take the active one's place, and what is written of it.</summary>
public sealed class ModelActivatorTests : IAsyncLifetime
{
    private const string Tenant = "default";

    private readonly TempFolder _folder = new();
    private EmbeddedStore _store = null!;

    public async Task InitializeAsync() => _store = await EmbeddedStore.OpenAsync(_folder.Path, TimeProvider.System, default);

    public async Task DisposeAsync()
    {
        await _store.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(0.100, 0.090, 0.1, false)]
    [InlineData(0.100, 0.089, 0.1, true)]
    [InlineData(0.100, 0.100, 0.0, false)]
    [InlineData(0.100, 0.200, 0.0, false)]
    [InlineData(0.100, 0.000, 1.0, false)]
    public void Comparison_GoesByTheRelativeLoss(double active, double candidate, double greatestLoss, bool isTooWorse)
    {
        var comparison = SwapRule.Compare(Manifest("b", candidate), Manifest("a", active), greatestLoss + 1e-12)!;

        Assert.Equal(isTooWorse, comparison.IsTooWorse);
        Assert.True(comparison.SameTail);
    }

    [Fact]
    public void Comparison_TakesTheRankerWhereThereIsOne_AndKnowsOtherTails()
    {
        var ranked = Manifest("r", 0.2);
        ranked = ranked with { Info = ranked.Info with { Metrics = ranked.Info.Metrics.Add("ranker", 0.3), Positives = 11 } };

        var comparison = SwapRule.Compare(ranked, Manifest("a", 0.25), 0)!;

        Assert.Equal(new ModelFigure("r", "ranker", 0.3), comparison.Candidate);
        Assert.Equal(new ModelFigure("a", "blend", 0.25), comparison.Active);
        Assert.False(comparison.SameTail);
        Assert.False(comparison.IsTooWorse);
    }

    [Fact]
    public void Comparison_WithNothingToLose_IsNone() => Assert.Null(SwapRule.Compare(Manifest("b", 0.1), Manifest("a", 0), 0));

    [Fact]
    public async Task Activations_AreWrittenWithTheirCause()
    {
        await AddAsync(("a", 0.10), ("b", 0.11), ("c", 0.01));

        Assert.Equal(ModelActivationStatus.Activated, (await ActivateAsync("a", isNew: true)).Status);
        Assert.Equal(ModelActivationStatus.Activated, (await ActivateAsync("b")).Status);
        Assert.Equal(ModelActivationStatus.AlreadyActive, (await ActivateAsync("b")).Status);
        var refused = await ActivateAsync("c");
        Assert.Equal(ModelActivationStatus.Refused, refused.Status);
        Assert.Contains("0.0100", refused.Reason, StringComparison.Ordinal);
        Assert.Contains("0.1100", refused.Reason, StringComparison.Ordinal);
        Assert.Equal(ModelActivationStatus.Activated, (await ActivateAsync("a")).Status);
        Assert.Equal(ModelActivationStatus.Activated, (await ActivateAsync("c", force: true)).Status);
        Assert.Equal(ModelActivationStatus.Unknown, (await ActivateAsync("d")).Status);

        var written = (await _store.Artifacts.ListAsync(Tenant, default)).SelectMany(model => model.Activations).OrderBy(activation => activation.Number);
        Assert.Equal(
            [("a", ActivationCause.Train), ("b", ActivationCause.Request), ("a", ActivationCause.Rollback), ("c", ActivationCause.Forced)],
            written.Select(activation => (activation.Version, activation.Cause)));
    }

    [Fact]
    public async Task Fault_KeepsTheActiveOne()
    {
        await AddAsync(("a", 0.10), ("b", 0.11));
        await ActivateAsync("a");

        var outcome = await new ModelActivator(_store.Artifacts, 0).ActivateAsync(Tenant, "b", force: true, isNew: false, _ => Task.FromResult<string?>("it is broken"), default);

        Assert.Equal((ModelActivationStatus.Unusable, "it is broken"), (outcome.Status, outcome.Reason));
        Assert.Equal("a", (await _store.Artifacts.LastAsync(Tenant, default))!.Version);
    }

    [Fact]
    public async Task ActivationInBetween_IsComparedWithAnew()
    {
        await AddAsync(("a", 0.10), ("b", 0.12), ("c", 0.095));
        await ActivateAsync("a");

        // While c is tried, b becomes active: c, near enough to a, is too much worse than b.
        var outcome = await new ModelActivator(_store.Artifacts, 0.1).ActivateAsync(
            Tenant, "c", force: false, isNew: false,
            async _ =>
            {
                Assert.True((await ActivateAsync("b")).IsActive);
                return null;
            },
            default);

        Assert.Equal(ModelActivationStatus.Refused, outcome.Status);
        Assert.Equal("b", outcome.Comparison!.Active.Version);
        Assert.Equal("b", (await _store.Artifacts.LastAsync(Tenant, default))!.Version);
    }

    private static ArtifactManifest Manifest(string version, double ndcg) => new(
        ModelArtifact.Format, version,
        new ModelInfo(3, 2, 10, 0, 1, 0, ImmutableSortedDictionary<string, double>.Empty.Add("blend", ndcg)),
        "digest", ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, double>>.Empty, [],
        new Blend(new BlendCurve([], new Calibration(1, 0)), new BlendCurve([], new Calibration(1, 0))), ImmutableSortedDictionary<string, string>.Empty);

    private async Task AddAsync(params (string Version, double Ndcg)[] models)
    {
        foreach (var (version, ndcg) in models)
        {
            var manifest = JsonSerializer.Serialize(Manifest(version, ndcg), ModelArtifact.Json);
            await _store.Artifacts.AddAsync(Tenant, new ModelArtifactEntry(version, version, manifest), default);
        }
    }

    private Task<ModelActivationOutcome> ActivateAsync(string version, bool force = false, bool isNew = false) =>
        new ModelActivator(_store.Artifacts, 0.1).ActivateAsync(Tenant, version, force, isNew, static _ => Task.FromResult<string?>(null), default);
}
