using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace AgentRec.Recommenders.Evaluation;

/// <summary>What an evaluation found; written as JSON in camelCase, this is the file that <c>evaluate --json</c> leaves.</summary>
/// <param name="Dataset">The data set's name.</param>
/// <param name="Protocol">How it was cut.</param>
/// <param name="Seed">The seed of ties and intervals.</param>
/// <param name="Users">How many users were evaluated.</param>
/// <param name="Models">One entry for each ranker.</param>
public sealed record EvaluationReport(
    string Dataset, string Protocol, ulong Seed, EvaluatedUsers Users, ImmutableArray<ModelReport> Models)
{
    /// <summary>What a closed loop came to.</summary>
    /// <value>The default is null: none was asked for, and the file does not mention it.</value>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ClosedLoopReport? ClosedLoop { get; init; }
}

/// <summary>How many users an evaluation rests on.</summary>
/// <param name="Evaluated">Users with test items.</param>
/// <param name="Skipped">Users with too few positives.</param>
public sealed record EvaluatedUsers(int Evaluated, int Skipped);

/// <summary>What one ranker reached.</summary>
/// <param name="Name">The ranker's name.</param>
/// <param name="Parameters">Its parameters.</param>
/// <param name="Metrics">Metrics by name (see <see cref="MetricNames"/>).</param>
/// <param name="FitSeconds">The time of choosing parameters and fitting; not repeatable.</param>
/// <param name="MillisecondsPerUser">The time of ranking the whole catalogue for one user on one thread; not repeatable.</param>
/// <param name="Policy">What a policy in force did; null when there was none.</param>
public sealed record ModelReport(
    string Name,
    ImmutableSortedDictionary<string, double> Parameters,
    ImmutableSortedDictionary<string, MetricEstimate> Metrics,
    double FitSeconds,
    double MillisecondsPerUser,
    PolicyReport? Policy)
{
    /// <summary>The metrics that are means over users, user by user in the split's order: what paired differences are made of.</summary>
    [JsonIgnore]
    public ImmutableSortedDictionary<string, ImmutableArray<double>> ByUser { get; init; } = ImmutableSortedDictionary<string, ImmutableArray<double>>.Empty;
}

/// <summary>A mean over users with its 95 percent interval by bootstrap over users.</summary>
/// <param name="Mean">The estimate.</param>
/// <param name="Low">The lower end.</param>
/// <param name="High">The upper end.</param>
public sealed record MetricEstimate(double Mean, double Low, double High);

/// <summary>What a policy in force did to a ranker's slates.</summary>
/// <param name="Name">The policy's name.</param>
/// <param name="PassRate">The share of users whose slate satisfies the unrelaxed rules, as the verifier finds.</param>
/// <param name="Rounds">The mean number of rounds.</param>
/// <param name="Widened">The share of users whose window was widened.</param>
/// <param name="Relaxed">The share of users for whom rules were relaxed.</param>
/// <param name="UtilityKept">The mean of U over U(S0); 1 where U(S0) is 0.</param>
/// <param name="ObjectiveKept">The mean of J over the exact optimum's J.</param>
/// <param name="FalseAccepts">Slates that break a rule but were certified.</param>
public sealed record PolicyReport(
    string Name, double PassRate, double Rounds, double Widened, double Relaxed, double UtilityKept, double ObjectiveKept, int FalseAccepts)
{
    /// <summary>
    /// How users' windows came to hold a slate under the rules, as shares: <c>atOnce</c> (what was reserved is enough),
    /// <c>widened</c>, <c>searched</c> (found in the whole eligible catalogue), <c>infeasible</c> (there is none).
    /// </summary>
    public ImmutableSortedDictionary<string, double> Windows { get; init; } = ImmutableSortedDictionary<string, double>.Empty;

    /// <summary>The share of users for whom a search ended at its work limit, so that a better slate is not ruled out.</summary>
    public double Unproven { get; init; }

    /// <summary>The share of users whose agent was overruled.</summary>
    public double Arbitrated { get; init; }

    /// <summary>The median time from the laid table to the slate, on one thread; 0 for rankers, which do not negotiate; not repeatable.</summary>
    public double MillisecondsMedian { get; init; }

    /// <summary>The 99th percentile of the same.</summary>
    public double MillisecondsP99 { get; init; }

    /// <summary>The paired differences of NDCG@10 and Recall@10 to the ranking of the same model without rules; below 0 is a loss.</summary>
    public ImmutableSortedDictionary<string, MetricEstimate> AgainstUnconstrained { get; init; } = ImmutableSortedDictionary<string, MetricEstimate>.Empty;

    /// <summary>The same to the exact optimum under the rules.</summary>
    public ImmutableSortedDictionary<string, MetricEstimate> AgainstExact { get; init; } = ImmutableSortedDictionary<string, MetricEstimate>.Empty;
}

/// <summary>The names of the metrics.</summary>
public static class MetricNames
{
    /// <summary>Binary NDCG of the first 10, ideal over min(10, targets).</summary>
    public const string Ndcg = "ndcg@10";

    /// <summary>1 when a target is among the first 10.</summary>
    public const string HitRate = "hr@10";

    /// <summary>The share of the targets among the first 10.</summary>
    public const string Recall10 = "recall@10";

    /// <summary>The share of the targets among the first 20.</summary>
    public const string Recall20 = "recall@20";

    /// <summary>The share of the test items within the first fifty.</summary>
    public const string Recall50 = "recall@50";

    /// <summary>1 over the place of the best target in the whole catalogue.</summary>
    public const string ReciprocalRank = "mrr";

    /// <summary>The share of the catalogue that is among anyone's first 10.</summary>
    public const string Coverage = "coverage@10";

    /// <summary>The Gini coefficient, over all items of the catalogue, of how often each is among the first 10.</summary>
    public const string Gini = "gini@10";

    /// <summary>The mean over pairs of the first 10 of 1 - Jaccard similarity of genres.</summary>
    public const string Diversity = "diversity@10";

    /// <summary>The share of tail items among the first 10.</summary>
    public const string TailShare = "tailShare@10";
}
