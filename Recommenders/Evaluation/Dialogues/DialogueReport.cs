using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace AgentRec.Recommenders.Evaluation.Dialogues;

/// <summary>What talking to simulated users came to; written as JSON in camelCase, this is the file that <c>evaluate --dialogue --json</c> leaves.</summary>
/// <param name="Dataset">The data set's name.</param>
/// <param name="Protocol">How it was cut.</param>
/// <param name="Seed">The seed of everything random.</param>
/// <param name="Users">How many users were talked to, each once for each strategy and noise.</param>
/// <param name="Turns">How many turns a dialogue has at most.</param>
/// <param name="Strategies">One entry for each strategy and noise.</param>
/// <param name="Pools">The same in small pools, where every turn asks and nothing is known of the user.</param>
/// <param name="Leaks">How many replies of simulated users named what they wanted. More than none makes the run worthless.</param>
public sealed record DialogueReport(
    string Dataset, string Protocol, ulong Seed, EvaluatedUsers Users, int Turns,
    ImmutableArray<DialogueFigures> Strategies, ImmutableArray<PoolFigures> Pools, int Leaks);

/// <summary>What one strategy reached at one noise.</summary>
/// <param name="Name">The strategy.</param>
/// <param name="Noise">The probability of an answer at random, in [0,1].</param>
/// <param name="SuccessByTurn">By turn, the share of users whose target was in a slate shown up to then.</param>
/// <param name="ReciprocalRank">The mean over users of 1 over the target's place in the slate that held it; 0 where none did.</param>
/// <param name="Questions">The mean number of questions asked.</param>
/// <param name="Intervals">The same with 95 percent intervals by bootstrap over users.</param>
public sealed record DialogueFigures(
    string Name, double Noise, ImmutableArray<double> SuccessByTurn,
    [property: JsonPropertyName("mrr@10")] double ReciprocalRank, double Questions, DialogueIntervals Intervals)
{
    /// <summary>How many times the figures are those of random questions, and of none, at the same noise, where these were run.</summary>
    public ImmutableArray<DialogueRatio> Ratios { get; init; } = [];
}

/// <summary>How many times a strategy's figures are those of another, with 95 percent intervals by bootstrap over users, who count with both outcomes.</summary>
/// <param name="To">The other strategy.</param>
/// <param name="Success">Of the share of users whose target was found in the last turn or before; null where the other found too little for an interval, and in pools, which show everything.</param>
/// <param name="ReciprocalRank">Of MRR@10; null likewise.</param>
public sealed record DialogueRatio(string To, MetricEstimate? Success, [property: JsonPropertyName("mrr@10")] MetricEstimate? ReciprocalRank);

/// <summary>Figures of a strategy with intervals.</summary>
/// <param name="SuccessByTurn">By turn.</param>
/// <param name="ReciprocalRank">MRR@10.</param>
/// <param name="Questions">Questions asked.</param>
public sealed record DialogueIntervals(
    ImmutableArray<MetricEstimate> SuccessByTurn, [property: JsonPropertyName("mrr@10")] MetricEstimate ReciprocalRank, MetricEstimate Questions);

/// <summary>What one strategy reached at one noise in pools.</summary>
/// <param name="Name">The strategy.</param>
/// <param name="Noise">The probability of an answer at random, in [0,1].</param>
/// <param name="Size">How many items a pool has.</param>
/// <param name="Questions">The mean number of questions asked.</param>
/// <param name="ReciprocalRank">The mean over users of 1 over the target's place; 0 beyond the tenth.</param>
/// <param name="Interval">The same with its interval.</param>
public sealed record PoolFigures(
    string Name, double Noise, int Size, double Questions,
    [property: JsonPropertyName("mrr@10")] double ReciprocalRank, [property: JsonPropertyName("mrr@10Interval")] MetricEstimate Interval)
{
    /// <summary>How many times the MRR@10 is that of random questions, and of none, at the same noise, where these were run.</summary>
    public ImmutableArray<DialogueRatio> Ratios { get; init; } = [];
}
