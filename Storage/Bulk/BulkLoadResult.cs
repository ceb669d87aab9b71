using AgentRec.Grains.Abstractions.Storage;

namespace AgentRec.Storage.Bulk;

/// <summary>What a bulk load did.</summary>
/// <param name="Items">What became of the items.</param>
/// <param name="Accepted">Interactions that were appended.</param>
/// <param name="Duplicates">Interactions that were there already, the same.</param>
/// <param name="Rejected">Rows that this load objected to; rows that the reader objected to are not counted.</param>
/// <param name="Users">Users to whose logs something was appended.</param>
public sealed record BulkLoadResult(CatalogueChange Items, long Accepted, long Duplicates, long Rejected, long Users);
