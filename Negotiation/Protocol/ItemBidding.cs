using AgentRec.Domain;

namespace AgentRec.Negotiation.Protocol;

/// <summary>What an item agent knows of itself when it bids.</summary>
/// <param name="Exposures">How often the item was shown.</param>
/// <param name="Received">How many of these showings were received well.</param>
/// <param name="AgeDays">Days since the item entered the catalogue.</param>
/// <param name="MeanExposures">How often an item of the catalogue was shown on average.</param>
/// <param name="MeanReception">The part of all showings that were received well, in [0,1].</param>
public sealed record ItemEvidence(long Exposures, long Received, double AgeDays, double MeanExposures, double MeanReception);

/// <summary>How an item agent turns its evidence into a bid.</summary>
public static class ItemBidding
{
    /// <summary>How many showings the prior belief in the catalogue's mean reception is worth.</summary>
    private const double PriorShowings = 10;

    /// <summary>Days after which newness counts half.</summary>
    private const double NewnessHalfLife = 30;

    /// <summary>
    /// Bids beta times the part of its merited exposure that the item still lacks. Merit is the posterior mean of its
    /// reception, m = (received + 10 q) / (exposures + 10) with q the catalogue's mean reception; merited exposure is the
    /// mean exposure scaled by m / q, and raised for a new item by 2^(-age/30). An item that was shown as often as it
    /// merits, or more, bids nothing.
    /// </summary>
    /// <param name="handle">The item.</param>
    /// <param name="evidence">What the item agent knows.</param>
    /// <param name="beta">The greatest bid.</param>
    /// <returns>A bid in [0, beta].</returns>
    public static Bid Bid(int handle, ItemEvidence evidence, double beta)
    {
        var exposures = Math.Max(0, evidence.Exposures);
        var received = Math.Clamp(evidence.Received, 0, exposures);
        var prior = Math.Clamp(evidence.MeanReception, 0.001, 1);
        var merit = (received + (PriorShowings * prior)) / (exposures + PriorShowings);
        var newness = Math.Pow(2, -Math.Max(0, evidence.AgeDays) / NewnessHalfLife);
        // One showing more than the mean, so that items of an unshown catalogue bid by merit and newness alone.
        var merited = (Math.Max(0, evidence.MeanExposures) + 1) * (merit / prior) * (1 + newness);
        var lacking = Math.Clamp((merited - exposures) / merited, 0, 1);
        return new Bid(handle, beta * lacking * Math.Min(1, merit / prior), Reason(exposures, merited, lacking));
    }

    private static string Reason(long exposures, double merited, double lacking) => lacking <= 0
        ? $"Shown {exposures} times, as often as it merits or more."
        : $"Shown {exposures} times where its reception merits {Math.Round(merited, 1)}.";
}
