namespace AgentRec.Domain;

/// <summary>How often something was shown, and how that was received.</summary>
/// <param name="Exposures">Showings.</param>
/// <param name="Receptions">Showings that were received well: liked, consumed or rated well afterwards.</param>
/// <param name="Rejections">Showings that were received badly.</param>
[GenerateSerializer, Immutable, Alias("agentrec.ExposureCounts")]
public readonly record struct ExposureCounts([property: Id(0)] long Exposures, [property: Id(1)] long Receptions, [property: Id(2)] long Rejections)
{
    /// <summary>One showing.</summary>
    public static ExposureCounts Shown { get; } = new(1, 0, 0);

    /// <summary>One good reception.</summary>
    public static ExposureCounts Received { get; } = new(0, 1, 0);

    /// <summary>One bad reception.</summary>
    public static ExposureCounts Rejected { get; } = new(0, 0, 1);

    /// <summary>Both together.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    public static ExposureCounts operator +(ExposureCounts left, ExposureCounts right) =>
        new(left.Exposures + right.Exposures, left.Receptions + right.Receptions, left.Rejections + right.Rejections);

    /// <summary>What the left counts beyond the right.</summary>
    /// <param name="left">The greater counts.</param>
    /// <param name="right">The part of them that is taken away.</param>
    public static ExposureCounts operator -(ExposureCounts left, ExposureCounts right) =>
        new(left.Exposures - right.Exposures, left.Receptions - right.Receptions, left.Rejections - right.Rejections);
}
