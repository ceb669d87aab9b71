using System.Collections.Immutable;
using System.Text.Json;
using AgentRec.Cli.Terminal;
using AgentRec.Domain;
using AgentRec.Grains.Offline;
using AgentRec.Negotiation.Protocol;
using AgentRec.Recommenders.Evaluation;
using AgentRec.Recommenders.Ranking;
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
        ["popularity", "trending", "itemknn", "ials", "ease", "sequence", "content", ModelTrainer.BlendName, RankingModel.ModelName, NegotiatedRanker.PipelineName];

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
        var negotiations = new OfflineNegotiations(trained.Model, rules ?? RuleSet.None, seed);
        IRanker[] rankers =
        [
            .. models.Select(name => string.Equals(name, NegotiatedRanker.PipelineName, StringComparison.Ordinal)
                ? new NegotiatedRanker(name, NegotiationProtocols.Find(negotiations.Rules.Protocol)!, negotiations, fitSeconds)
                : fitted[name]),
            // The protocols are tried beside the models when there is a policy.
            .. rules is null ? [] : NegotiationProtocols.All.Select(protocol => new NegotiatedRanker(protocol.Name, protocol, negotiations, fitSeconds)),
        ];
        var evaluator = new Evaluator(seed);
        var report = evaluator.Run(
            dataset, split, rankers, new Say.Immediate<ModelReport>(model => Say.Progress($"{model.Name}: NDCG@10 {model.Metrics[MetricNames.Ndcg].Mean:F4}")), cancellationToken);
        if (rules is null)
            return report;
        var unconstrained = new OfflineNegotiations(trained.Model, RuleSet.None, seed);
        var free = evaluator.Measure(
            split, new NegotiatedRanker("unconstrained", NegotiationProtocols.Find(ConcessionProtocol.ProtocolName)!, unconstrained, fitSeconds), cancellationToken);
        return report with
        {
            Models = WithPolicy(report.Models, rankers, split, negotiations, free, evaluator),
            ClosedLoop = periods == 0 ? null : Replay(split, trained, rules, cancellationToken),
        };
    }

    private ClosedLoopReport Replay(EvaluationSplit split, TrainingResult trained, RuleSet inForce, CancellationToken cancellationToken)
    {
        Say.Progress("closed loop: learning what simulated users truly like");
        return new ClosedLoop(split, trained.Model, inForce, new ClosedLoopTerms(periods, seed))
            .Run(new Say.Immediate<int>(period => Say.Progress($"closed loop: period {period} of {periods}")), cancellationToken);
    }

    private static ImmutableArray<ModelReport> WithPolicy(
        ImmutableArray<ModelReport> models, IRanker[] rankers, EvaluationSplit split, OfflineNegotiations negotiations, ModelReport free, Evaluator evaluator)
    {
        using var trial = new PolicyTrial(negotiations);
        var exact = models.Last(model => string.Equals(model.Name, ExactProtocol.ProtocolName, StringComparison.Ordinal));
        return
        [
            .. models.Zip(rankers, (model, ranker) =>
            {
                Say.Progress($"{model.Name}: holding every slate against {negotiations.Rules.Name}");
                var policy = ranker is NegotiatedRanker negotiated ? trial.TryProtocol(negotiated.Protocol, split.Test) : trial.TryRanker(ranker, split.Test);
                return model with { Policy = policy with { AgainstUnconstrained = Differences(model, free), AgainstExact = Differences(model, exact) } };
            }),
        ];

        ImmutableSortedDictionary<string, MetricEstimate> Differences(ModelReport model, ModelReport other) =>
            new[] { MetricNames.Ndcg, MetricNames.Recall10 }.ToImmutableSortedDictionary(name => name, name => evaluator.Difference(model, other, name), StringComparer.Ordinal);
    }
}
