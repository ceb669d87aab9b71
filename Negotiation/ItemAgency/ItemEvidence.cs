namespace AgentRec.Negotiation.ItemAgency;

/// <summary>What an item agent knows of itself when it bids.</summary>
/// <param name="Exposures">How often the item was shown.</param>
/// <param name="Received">How many of these showings were received well.</param>
/// <param name="AgeDays">Days since the item entered the catalogue.</param>
/// <param name="MeanExposures">How often an item of the catalogue was shown on average.</param>
/// <param name="MeanReception">The part of all showings that were received well, in [0,1].</param>
public sealed record ItemEvidence(long Exposures, long Received, double AgeDays, double MeanExposures, double MeanReception)
{
    /// <summary>How often the item was shown to the audience segment in question.</summary>
    /// <value>The default is 0: nothing is known of the segment, and the item's overall reception speaks.</value>
    public long SegmentExposures { get; init; }

    /// <summary>How many of the showings to the segment were received well.</summary>
    /// <value>The default is 0.</value>
    public long SegmentReceived { get; init; }
}
