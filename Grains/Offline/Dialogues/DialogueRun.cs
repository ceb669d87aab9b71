using AgentRec.Recommenders;
using AgentRec.Recommenders.Dialogue;
using AgentRec.Recommenders.Evaluation;
using AgentRec.Recommenders.Evaluation.Dialogues;

namespace AgentRec.Grains.Offline.Dialogues;

/// <summary>Talks to all users of a split with every strategy and noise, in dialogues and in pools. The same seed gives the same report on any number of threads.</summary>
/// <param name="model">The model.</param>
/// <param name="terms">The terms of the questions.</param>
/// <param name="seed">The seed of everything random.</param>
public sealed class DialogueRun(RecommenderModel model, AskTerms terms, ulong seed)
{
    /// <summary>How many turns a dialogue has at most.</summary>
    public const int Turns = 5;

    /// <summary>Who replies: by the target, the noise and the seed of a user.</summary>
    public Func<int, double, ulong, ISimulatedReply> Replies { get; init; } = (target, noise, own) => new SimulatedReply(model.Catalogue, target, noise, own);

    /// <summary>Runs.</summary>
    /// <param name="dataset">The data set's name in the report.</param>
    /// <param name="split">The split.</param>
    /// <param name="strategies">The strategies, in the report's order.</param>
    /// <param name="noises">The probabilities of replies at random, in the report's order.</param>
    /// <param name="progress">Hears how many users are done.</param>
    /// <param name="workers">How many threads, and when to stop.</param>
    public DialogueReport Run(
        string dataset, EvaluationSplit split, IReadOnlyList<AskStrategy> strategies, IReadOnlyList<double> noises, IProgress<int>? progress, ParallelOptions workers)
    {
        (AskStrategy Strategy, double Noise)[] arms = [.. strategies.SelectMany(strategy => noises.Select(noise => (strategy, noise)))];
        var (dialogues, pools) = (new DialogueOutcome[arms.Length][], new DialogueOutcome[arms.Length][]);
        for (var arm = 0; arm < arms.Length; arm++)
            (dialogues[arm], pools[arm]) = (new DialogueOutcome[split.Test.Length], new DialogueOutcome[split.Test.Length]);
        var trial = new DialogueTrial(model, terms, Turns, seed) { Replies = Replies };
        var pool = new PoolTrial(model.Catalogue, terms, seed) { Replies = Replies };
        var done = 0;
        Parallel.For(0, split.Test.Length, workers, user =>
        {
            var talks = trial.With(split.Test[user]);
            for (var arm = 0; arm < arms.Length; arm++)
            {
                dialogues[arm][user] = talks.Play(arms[arm].Strategy, arms[arm].Noise);
                pools[arm][user] = pool.Play(split.Test[user], trial.Target(split.Test[user]), arms[arm].Strategy, arms[arm].Noise);
            }
            progress?.Report(Interlocked.Increment(ref done));
        });
        var measures = new DialogueMeasures(Turns, seed, workers);
        return new DialogueReport(
            dataset, split.Protocol, seed, new EvaluatedUsers(split.Test.Length, split.Skipped), Turns,
            [.. arms.Select((arm, i) => measures.Of(Name(arm.Strategy), arm.Noise, dialogues[i]) with { Ratios = measures.Ratios(dialogues[i], Others(arm, dialogues)) })],
            [
                .. arms.Select((arm, i) => measures.OfPools(Name(arm.Strategy), arm.Noise, PoolTrial.Size, pools[i]) with
                {
                    // A pool is ranked once, and holds the target: only its place tells.
                    Ratios = [.. measures.Ratios(pools[i], Others(arm, pools)).Select(ratio => ratio with { Success = null })],
                }),
            ],
            dialogues.Concat(pools).SelectMany(outcomes => outcomes).Sum(outcome => outcome.Leaks));

        // What is worth asking is worth more than asking anything, and than not asking.
        IEnumerable<(string, IReadOnlyList<DialogueOutcome>)> Others((AskStrategy Strategy, double Noise) arm, DialogueOutcome[][] outcomes) =>
            from other in Enumerable.Range(0, arms.Length)
            where arms[other].Noise == arm.Noise && arms[other].Strategy != arm.Strategy && arms[other].Strategy is (AskStrategy.Random or AskStrategy.None)
            orderby arms[other].Strategy is AskStrategy.None
            select (Name(arms[other].Strategy), (IReadOnlyList<DialogueOutcome>)outcomes[other]);
    }

    /// <summary>A strategy's name in options and reports.</summary>
    /// <param name="strategy">The strategy.</param>
    public static string Name(AskStrategy strategy) => strategy.ToString().ToLowerInvariant();
}
