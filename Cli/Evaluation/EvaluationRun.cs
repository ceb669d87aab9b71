using System.Collections.Immutable;
using System.Text.Json;
using AgentRec.Cli.Terminal;
using AgentRec.Domain;
using AgentRec.Grains.Offline;
using AgentRec.Negotiation.Protocol;
using AgentRec.Recommenders.Evaluation;
using AgentRec.Recommenders.Training;

namespace AgentRec.Cli.Evaluation;

/// <summary>Trains on a split, measures the listed models, and holds them against a policy where there is one.</summary>
/// <param name="seed">The seed of everything random.</param>
/// <param name="rules">The policy; null: no rule is in force.</param>
/// <param name="periods">How many periods of a closed loop are replayed under the policy; 0: none.</param>
internal sealed class EvaluationRun(ulong seed, RuleSet? rules, int periods = 0)
{
    /// <summary>The models that can be listed.</summary>
    public static ImmutableArray<string> Models { get; } =
        ["popularity", "trending", "itemknn", "ials", "ease", "sequence", "content", ModelTrainer.BlendName, NegotiatedRanker.PipelineName];

    /// <summary>How reports are written.</summary>
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Runs.</summary>
    /// <param name="dataset">The data set's name in the report.</param>
    /// <param name="split">The split.</param>
    /// <param name="models">The models, in the order of the report.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    public EvaluationReport Run(string dataset, EvaluationSplit split, IReadOnlyList<string> models, CancellationToken cancellationToken)
    {
        var trained = ModelTrainer.Train(split.Catalogue, split.HoldOut, split.Data, new TrainingOptions { Seed = seed }, Say.Training(), cancellationToken);
        var fitSeconds = trained.Stages.Sum(stage => stage.FitSeconds);
        var fitted = ScorerRanker.All(trained, seed).ToDictionary(ranker => ranker.Name, StringComparer.Ordinal);
        var inForce = rules ?? RuleSet.None;
        IRanker[] rankers =
        [
            .. models.Select(name => string.Equals(name, NegotiatedRanker.PipelineName, StringComparison.Ordinal)
                ? Negotiated(name, inForce.Protocol)
                : fitted[name]),
            .. rules is null ? [] : Protocols(),
        ];
        var report = new Evaluator(seed).Run(
            dataset, split, rankers, new Say.Immediate<ModelReport>(model => Say.Progress($"{model.Name}: NDCG@10 {model.Metrics[MetricNames.Ndcg].Mean:F4}")), cancellationToken);
        return rules is null ? report : report with
        {
            Models = WithPolicy(report.Models, rankers, split, trained, inForce),
            ClosedLoop = periods == 0 ? null : Replay(split, trained, inForce, cancellationToken),
        };

        NegotiatedRanker Negotiated(string name, string protocol) => new(name, protocol, trained.Model, inForce, fitSeconds, seed);

        // The protocols are tried beside the models when there is a policy.
        IEnumerable<IRanker> Protocols() =>
        [
            new ProposalRanker(RepairProtocol.Name, RepairProtocol.Repair, trained.Model, inForce, fitSeconds, seed),
            new ProposalRanker(ExactProtocol.Name, table => ExactProtocol.Solve(table)?.Slate, trained.Model, inForce, fitSeconds, seed),
            Negotiated(ConcessionProtocol.Name, ConcessionProtocol.Name),
        ];
    }

    private ClosedLoopReport Replay(EvaluationSplit split, TrainingResult trained, RuleSet inForce, CancellationToken cancellationToken)
    {
        Say.Progress("closed loop: learning what simulated users truly like");
        return new ClosedLoop(split, trained.Model, inForce, new ClosedLoopTerms(periods, seed))
            .Run(new Say.Immediate<int>(period => Say.Progress($"closed loop: period {period} of {periods}")), cancellationToken);
    }

    private ImmutableArray<ModelReport> WithPolicy(
        ImmutableArray<ModelReport> models, IRanker[] rankers, EvaluationSplit split, TrainingResult trained, RuleSet inForce)
    {
        using var trial = new PolicyTrial(trained.Model, inForce, seed);
        return
        [
            .. models.Zip(rankers, (model, ranker) =>
            {
                Say.Progress($"{model.Name}: holding every slate against {inForce.Name}");
                return model with
                {
                    Policy = ranker is NegotiatedRanker negotiated ? trial.TryProtocol(negotiated.Protocol, split.Test) : trial.TryRanker(ranker, split.Test),
                };
            }),
        ];
    }
}
