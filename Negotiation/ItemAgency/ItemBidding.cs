using AgentRec.Domain;

namespace AgentRec.Negotiation.ItemAgency;

/// <summary>How an item agent turns its evidence into a bid.</summary>
public static class ItemBidding
{
    /// <summary>Why an item bids.</summary>
    public const string LessOften = "Shown less often than its reception merits.";

    /// <summary>Why an item bids nothing.</summary>
    public const string AsOften = "Shown as often as its reception merits.";

    /// <summary>How many showings a prior belief is worth.</summary>
    private const double PriorShowings = 10;

    /// <summary>Days after which newness counts half.</summary>
    private const double NewnessHalfLife = 30;

    private const string NoLedger = "Does not have the ledger that bids go by.";

    /// <summary>What an item agent bids that does not have the ledger which bids go by: nothing.</summary>
    /// <param name="handle">The item.</param>
    public static Bid WithoutLedger(int handle) => new(handle, 0, NoLedger);

    /// <summary>True for a bid of <see cref="WithoutLedger"/>: the same agent may bid otherwise a moment later.</summary>
    /// <param name="bid">The bid.</param>
    public static bool IsWithoutLedger(Bid bid) => string.Equals(bid.Reason, NoLedger, StringComparison.Ordinal);

    /// <summary>
    /// Bids beta times 1 - sqrt(exposures / merited exposure): what the item still lacks, on a scale on which the first showings
    /// count most, because an estimate from n showings sharpens with the root of n. Merit is the posterior mean of its reception
    /// in the audience's segment, whose prior is the item's posterior over all segments, whose prior in turn is the catalogue's
    /// mean q (Beta distributions, each prior worth 10 showings): m = (received + 10 q) / (exposures + 10), and the same once
    /// more with the segment's counts and m for q. Merited exposure is the mean exposure scaled by merit / q, and raised for a
    /// new item by 1 + 2^(-age/30). An item that was shown as often as it merits, or more, bids nothing; one that is received
    /// worse than the mean bids so much less.
    /// </summary>
    /// <param name="handle">The item.</param>
    /// <param name="evidence">What the item agent knows.</param>
    /// <param name="beta">The greatest bid.</param>
    /// <returns>A bid in [0, beta].</returns>
    public static Bid Bid(int handle, ItemEvidence evidence, double beta)
    {
        var exposures = Math.Max(0, evidence.Exposures);
        var mean = Math.Clamp(evidence.MeanReception, 0.001, 1);
        var overall = Posterior(evidence.Received, exposures, mean);
        var merit = Posterior(evidence.SegmentReceived, evidence.SegmentExposures, overall) / mean;
        var newness = Math.Pow(2, -Math.Max(0, evidence.AgeDays) / NewnessHalfLife);
        // One showing more than the mean, so that items of an unshown catalogue bid by merit and newness alone.
        var merited = (Math.Max(0, evidence.MeanExposures) + 1) * merit * (1 + newness);
        var lacking = 1 - Math.Min(1, Math.Sqrt(exposures / merited));
        return new Bid(handle, beta * lacking * Math.Min(1, merit), Reason(lacking));
    }

    private static double Posterior(long received, long exposures, double prior)
    {
        var shown = Math.Max(0, exposures);
        return (Math.Clamp(received, 0, shown) + (PriorShowings * prior)) / (shown + PriorShowings);
    }

    /// <summary>In words without figures: counts of showings are of all users together, and no turn may show them to one.</summary>
    private static string Reason(double lacking) => lacking <= 0 ? AsOften : LessOften;
}
