using System.Collections.Immutable;

namespace AgentRec.Recommenders.Evaluation;

/// <summary>What a closed loop came to, period by period and in the end, with item agency on and off.</summary>
/// <param name="Periods">The periods in order; their figures are of the period alone, but for the distinct items, which add up.</param>
/// <param name="Arms">All periods together, by arm (see <see cref="ClosedLoopArms"/>).</param>
/// <param name="Comparison">On against off, all periods together.</param>
public sealed record ClosedLoopReport(
    ImmutableArray<ClosedLoopPeriod> Periods, ImmutableSortedDictionary<string, ClosedLoopFigures> Arms, ClosedLoopComparison Comparison);

/// <summary>One period.</summary>
/// <param name="Period">Its number, from 1.</param>
/// <param name="Arms">What each arm came to.</param>
public sealed record ClosedLoopPeriod(int Period, ImmutableSortedDictionary<string, ClosedLoopFigures> Arms);

/// <summary>What an arm came to.</summary>
/// <param name="Metrics">
/// By name (see <see cref="MetricNames"/>): NDCG and recall of the slates against the held-out items that the user has not yet
/// consumed, users without any left out; the Gini coefficient of exposure over the catalogue; the share of tail items shown.
/// </param>
/// <param name="DistinctItems">How many different items anyone was shown since the start.</param>
/// <param name="DistinctTailItems">How many of them are tail items; strata are those of the start.</param>
/// <param name="Consumed">How many items were consumed.</param>
public sealed record ClosedLoopFigures(
    ImmutableSortedDictionary<string, MetricEstimate> Metrics, int DistinctItems, int DistinctTailItems, int Consumed);

/// <summary>Item agency on against off.</summary>
/// <param name="Differences">On minus off by metric, paired by user: both arms are resampled alike.</param>
/// <param name="DistinctItemsRatio">Distinct items with agency over those without.</param>
/// <param name="DistinctTailItemsRatio">Distinct tail items with agency over those without.</param>
public sealed record ClosedLoopComparison(
    ImmutableSortedDictionary<string, MetricEstimate> Differences, double DistinctItemsRatio, double DistinctTailItemsRatio);

/// <summary>The names of the arms.</summary>
public static class ClosedLoopArms
{
    /// <summary>Item agents bid.</summary>
    public const string On = "agencyOn";

    /// <summary>Nobody bids.</summary>
    public const string Off = "agencyOff";
}

/// <summary>What one user was shown in one period.</summary>
/// <param name="Slate">Handles, best first.</param>
/// <param name="Wanted">The held-out items that the user had not consumed by then.</param>
/// <param name="Consumed">How many items of the slate were consumed.</param>
public sealed record SlateShown(ImmutableArray<int> Slate, ImmutableArray<int> Wanted, int Consumed);

/// <summary>What all users were shown in one period; both arms list the same users in the same order.</summary>
/// <param name="On">With item agency.</param>
/// <param name="Off">Without.</param>
public sealed record ArmsShown(ImmutableArray<SlateShown> On, ImmutableArray<SlateShown> Off);
