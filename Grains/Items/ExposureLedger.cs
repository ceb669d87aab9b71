namespace AgentRec.Grains.Items;

/// <summary>
/// The silo's running totals of exposure, which item agents hold themselves against. Its version counts what it has seen, so
/// that a certificate can name what bids were based on.
/// </summary>
internal sealed class ExposureLedger
{
    private long _exposures;
    private long _receptions;

    /// <summary>How many showings and receptions the totals rest on.</summary>
    public long Version => Interlocked.Read(ref _exposures) + Interlocked.Read(ref _receptions);

    /// <summary>Starts from what the log knows.</summary>
    public void Restore(long exposures) => Interlocked.Exchange(ref _exposures, exposures);

    /// <summary>An item was shown.</summary>
    public void CountExposure() => Interlocked.Increment(ref _exposures);

    /// <summary>A showing was received well.</summary>
    public void CountReception() => Interlocked.Increment(ref _receptions);

    /// <summary>Showings of an item on average.</summary>
    /// <param name="items">The number of items in the catalogue.</param>
    public double MeanExposures(int items) => items == 0 ? 0 : Interlocked.Read(ref _exposures) / (double)items;

    /// <summary>The part of all showings that were received well; 0.1 until there are any.</summary>
    public double MeanReception()
    {
        var exposures = Interlocked.Read(ref _exposures);
        return (Interlocked.Read(ref _receptions) + 1) / (exposures + 10.0);
    }
}
