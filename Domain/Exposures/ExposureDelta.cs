using System.Collections.Immutable;

namespace AgentRec.Domain;

/// <summary>
/// What a writer has counted since its last delta. Writer and sequence name it, so that a delta that arrives twice counts once;
/// a writer sends its deltas in order, and the next one only when the last was answered or given up.
/// </summary>
/// <param name="Writer">Who counted; a writer that starts anew takes a new name.</param>
/// <param name="Sequence">Rises with each of the writer's deltas.</param>
/// <param name="Entries">What was counted; entries of the same item and segment add up.</param>
[GenerateSerializer, Immutable, Alias("agentrec.ExposureDelta")]
public sealed record ExposureDelta(
    [property: Id(0)] string Writer,
    [property: Id(1)] long Sequence,
    [property: Id(2)] ImmutableArray<SegmentExposure> Entries);
