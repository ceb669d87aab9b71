using System.Collections.Immutable;
using AgentRec.Grains.Abstractions.Models;

namespace AgentRec.Tests.Contract;

/// <summary>Two models, one of which is worse than the other and one that is broken.</summary>
internal sealed class FakeModels(FakeCluster cluster)
{
    public const string Comparison = "NDCG@10 of worse is 0.0500 (blend), that of the active better is 0.1000 (ranker)";

    private string active = "better";

    public Task<ModelsView> List()
    {
        cluster.MayFail();
        var at = new DateTimeOffset(2024, 5, 1, 12, 0, 0, TimeSpan.Zero);
        var model = new ModelView(
            active, true, at, [new ModelActivation(1, active, at, ActivationCause.Train)], new ModelData(at, at, 3, 2, 1, ulong.MaxValue),
            ImmutableSortedDictionary<string, double>.Empty.Add("ranker", 0.1), new ModelFigure(active, "ranker", 0.1), ["content"], "network");
        return Task.FromResult(new ModelsView(
            active, 0.1, [model, model with { Version = "old", Active = false, AddedAt = null, Activations = [], Data = null, Served = null, Ranking = null }],
            [new SiloModel("here", active, null, new ModelFailure("broken", "it is damaged"))]));
    }

    public Task<ModelActivationOutcome> Activate(string version, bool force)
    {
        cluster.MayFail();
        var status = version switch
        {
            "broken" => ModelActivationStatus.Unusable,
            "worse" when !force => ModelActivationStatus.Refused,
            "better" or "worse" => version == active ? ModelActivationStatus.AlreadyActive : ModelActivationStatus.Activated,
            _ => ModelActivationStatus.Unknown,
        };
        if (status is ModelActivationStatus.Activated)
            active = version;
        var comparison = new ModelComparison(new ModelFigure("worse", "blend", 0.05), new ModelFigure("better", "ranker", 0.1), 0.5, 0.1, SameTail: true);
        return Task.FromResult(new ModelActivationOutcome(
            status, version, version == "worse" ? comparison : null,
            status switch { ModelActivationStatus.Refused => Comparison, ModelActivationStatus.Unusable => "it is damaged", _ => null }));
    }
}
