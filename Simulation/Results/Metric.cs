using System.Collections.Immutable;

namespace AgentRec.Simulation;

/// <summary>A figure that is measured in every period.</summary>
/// <param name="Name">Its name in results.</param>
/// <param name="Meaning">What it is, in a sentence.</param>
public sealed record Metric(string Name, string Meaning)
{
    /// <summary>All figures, in the order of reports.</summary>
    public static ImmutableArray<Metric> All { get; } =
    [
        new("turns", "Turns taken."),
        new("success", "Share of turns in which something got four points or more."),
        new("satisfaction", "Mean over turns of what was taken, as a share of full marks; 0 where nothing was."),
        new("taken", "Items taken in a turn."),
        new("questions", "Questions asked before a slate."),
        new("regret", "1 - the slate's true value over the best possible one's; a value is the sum of chances to be taken over log2(place + 1)."),
        new("hr", "Share of slates with one of the ten items that are truly best for their reader."),
        new("ndcg", "NDCG of slates by those ten items, binary."),
        new("utilityKept", "Share of the opening's utility that negotiation kept."),
        new("coverage", "Share of the items that were shown at all."),
        new("gini", "Gini coefficient of showings over items."),
        new("tailShare", "Share of showings that went to items that had fewer ratings than the median at the start, new ones included."),
        new("newShare", "Share of showings that went to items that arrived during the run."),
        new("providerGini", "Gini coefficient over providers of showings for each item that they offer."),
        new("diversity", "Mean over slates of 1 - Jaccard of genres, over pairs."),
        new("shownEntropy", "Entropy in bits of the first genres of what a user was shown in the period, mean over users."),
        new("takenEntropy", "Entropy in bits of the first genres of what a user has taken since the start, mean over users who took anything."),
        new("exit", "Share of users who stay away or have left."),
        new("targetShare", "Share of showings that went to targets of attacks and items of providers who boost or stuff."),
        new("stoodIn", "Share of turns in which the rules read the slate, as the arm's brain had no answer that could be used."),
        new("lift", "targetShare over that of the first arm, in the same world."),
        new("detection", "Share of invented users that the last screen found."),
        new("falseAlarms", "Share of real users that the last screen took for invented ones."),
    ];
}
