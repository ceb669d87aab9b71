using System.ComponentModel.DataAnnotations;

namespace AgentRec.Grains.Items;

/// <summary>How exposure is counted across a cluster.</summary>
public sealed class ExposureOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Exposures";

    /// <summary>
    /// After how many milliseconds a silo hands over what it counted and reads what all silos counted. Bids lag by about as much,
    /// and a crash loses at most what was counted since.
    /// </summary>
    /// <value>The default is 2,000; from 100 to 3,600,000.</value>
    [Range(100, 3_600_000)]
    public int FlushMilliseconds { get; set; } = 2_000;
}
