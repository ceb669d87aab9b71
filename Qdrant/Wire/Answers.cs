using System.Text.Json;

namespace AgentRec.Qdrant.Wire;

/// <summary>What every answer has.</summary>
/// <typeparam name="T">What was asked for.</typeparam>
/// <param name="Result">The answer.</param>
internal sealed record Answer<T>(T Result);

/// <summary>What went wrong.</summary>
/// <param name="Status">The words for it.</param>
internal sealed record ErrorAnswer(ErrorStatus? Status);

/// <summary>The words for what went wrong.</summary>
/// <param name="Error">The words.</param>
internal sealed record ErrorStatus(string? Error);

/// <summary>How a change went.</summary>
/// <param name="Status"><c>completed</c> when queries see it.</param>
internal sealed record UpdateResult(string Status);

/// <summary>The hits of a query.</summary>
/// <param name="Points">The hits.</param>
internal sealed record QueryResult(ScoredPoint[] Points);

/// <summary>A hit.</summary>
/// <param name="Score">Its similarity.</param>
/// <param name="Payload">What was asked of it.</param>
internal sealed record ScoredPoint(float Score, ItemPayload Payload);

/// <summary>A page of points.</summary>
/// <param name="Points">The points.</param>
/// <param name="NextPageOffset">The id with which the next page begins; null after the last one.</param>
internal sealed record ScrollResult(StoredPoint[] Points, Guid? NextPageOffset = null);

/// <summary>A point.</summary>
/// <param name="Payload">What was asked of it.</param>
internal sealed record StoredPoint(ItemPayload Payload);

/// <summary>What is read of a payload.</summary>
/// <param name="Item">The item's id.</param>
/// <param name="Stamp">The digest of the point, where it was asked for.</param>
internal sealed record ItemPayload(string Item, string? Stamp = null);

/// <summary>A count.</summary>
/// <param name="Count">The count.</param>
internal sealed record CountResult(long Count);

/// <summary>All aliases of the server.</summary>
/// <param name="Aliases">The aliases.</param>
internal sealed record AliasesResult(AliasTarget[] Aliases);

/// <summary>All collections of the server.</summary>
/// <param name="Collections">The collections.</param>
internal sealed record CollectionsResult(CollectionName[] Collections);

/// <summary>A collection by its name.</summary>
/// <param name="Name">The name.</param>
internal sealed record CollectionName(string Name);

/// <summary>What a collection is.</summary>
/// <param name="Config">What it was made with.</param>
/// <param name="PayloadSchema">Its payload indexes, by field.</param>
internal sealed record CollectionInfo(CollectionConfig Config, Dictionary<string, JsonElement> PayloadSchema);

/// <summary>What a collection was made with.</summary>
/// <param name="Params">The part about vectors.</param>
internal sealed record CollectionConfig(CollectionParams Params);

/// <summary>The part about vectors.</summary>
/// <param name="Vectors">By the name of their space, or, in a collection that is not ours, without.</param>
internal sealed record CollectionParams(JsonElement Vectors);
