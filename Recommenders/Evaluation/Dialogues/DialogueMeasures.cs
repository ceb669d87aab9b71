using System.Collections.Immutable;

namespace AgentRec.Recommenders.Evaluation.Dialogues;

/// <summary>Turns outcomes into figures. The same seed gives the same figures on any number of threads.</summary>
/// <param name="turns">How many turns a dialogue has at most.</param>
/// <param name="seed">The seed of the intervals.</param>
/// <param name="workers">How many threads, and when to stop.</param>
public sealed class DialogueMeasures(int turns, ulong seed, ParallelOptions workers)
{
    private const int Resamples = 1_000;
    private const int Depth = 10;

    private readonly Bootstrap _bootstrap = new(seed, Resamples, workers);

    /// <summary>The figures of a strategy.</summary>
    /// <param name="name">The strategy.</param>
    /// <param name="noise">The noise of the replies.</param>
    /// <param name="outcomes">One outcome for each user.</param>
    public DialogueFigures Of(string name, double noise, IReadOnlyList<DialogueOutcome> outcomes)
    {
        var intervals = new DialogueIntervals(
            [.. Enumerable.Range(1, turns).Select(turn => Mean(outcomes, outcome => outcome.FoundAt > 0 && outcome.FoundAt <= turn ? 1 : 0))],
            Mean(outcomes, Reciprocal),
            Mean(outcomes, outcome => outcome.Questions));
        return new DialogueFigures(
            name, noise, [.. intervals.SuccessByTurn.Select(estimate => estimate.Mean)], intervals.ReciprocalRank.Mean, intervals.Questions.Mean, intervals);
    }

    /// <summary>The figures of a strategy in pools.</summary>
    /// <param name="name">The strategy.</param>
    /// <param name="noise">The noise of the replies.</param>
    /// <param name="size">How many items a pool has.</param>
    /// <param name="outcomes">One outcome for each user.</param>
    public PoolFigures OfPools(string name, double noise, int size, IReadOnlyList<DialogueOutcome> outcomes)
    {
        var reciprocal = Mean(outcomes, Reciprocal);
        return new PoolFigures(name, noise, size, Mean(outcomes, outcome => outcome.Questions).Mean, reciprocal.Mean, reciprocal);
    }

    /// <summary>How many times a strategy's figures are those of others. Each user counts with both outcomes.</summary>
    /// <param name="outcomes">One outcome for each user.</param>
    /// <param name="others">The others, by name, each with one outcome for each of the same users.</param>
    public ImmutableArray<DialogueRatio> Ratios(IReadOnlyList<DialogueOutcome> outcomes, IEnumerable<(string Name, IReadOnlyList<DialogueOutcome> Outcomes)> others) =>
    [
        .. others.Select(other => new DialogueRatio(
            other.Name, Ratio(outcomes, other.Outcomes, outcome => outcome.FoundAt > 0 ? 1 : 0), Ratio(outcomes, other.Outcomes, Reciprocal))),
    ];

    private MetricEstimate? Ratio(IReadOnlyList<DialogueOutcome> outcomes, IReadOnlyList<DialogueOutcome> others, Func<DialogueOutcome, double> figure) =>
        _bootstrap.Ratio([.. outcomes.Select(figure)], [.. others.Select(figure)]);

    private MetricEstimate Mean(IReadOnlyList<DialogueOutcome> outcomes, Func<DialogueOutcome, double> figure) => _bootstrap.Mean([.. outcomes.Select(figure)]);

    private static double Reciprocal(DialogueOutcome outcome) => outcome.Place is > 0 and <= Depth ? 1.0 / outcome.Place : 0;
}
