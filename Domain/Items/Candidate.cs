namespace AgentRec.Domain;

/// <summary>
/// One item of a candidate window with what the user agent says of it. Both figures depend on user, item and context, never
/// on the other candidates.
/// </summary>
/// <param name="Handle">The item's handle in the catalogue.</param>
/// <param name="ItemId">The item's id.</param>
/// <param name="RawScore">The blend's score before calibration; orders equal relevances.</param>
/// <param name="Relevance">r(i), the calibrated probability in [0,1] that the user takes to the item.</param>
/// <param name="Utility">u(i) >= 0, the relevance adjusted by memory and the session's constraints.</param>
[GenerateSerializer, Immutable, Alias("agentrec.Candidate")]
public sealed record Candidate(
    [property: Id(0)] int Handle,
    [property: Id(1)] string ItemId,
    [property: Id(2)] double RawScore,
    [property: Id(3)] double Relevance,
    [property: Id(4)] double Utility);
