namespace AgentRec.Domain;

/// <summary>What is counted of one item before one audience segment.</summary>
/// <param name="ItemId">The item.</param>
/// <param name="Segment">The audience segment.</param>
/// <param name="Counts">The counts.</param>
[GenerateSerializer, Immutable, Alias("agentrec.SegmentExposure")]
public sealed record SegmentExposure([property: Id(0)] string ItemId, [property: Id(1)] int Segment, [property: Id(2)] ExposureCounts Counts);
