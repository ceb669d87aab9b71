using System.Collections.Immutable;

namespace AgentRec.Qdrant.Wire;

/// <summary>The body of <c>PUT /collections/{name}</c>.</summary>
/// <param name="Vectors">The vector spaces, by name.</param>
internal sealed record CreateCollection(SortedDictionary<string, VectorParams> Vectors);

/// <summary>A vector space.</summary>
/// <param name="Size">The number of components.</param>
/// <param name="Distance">How vectors compare.</param>
internal sealed record VectorParams(int Size, string Distance);

/// <summary>The body of <c>PUT /collections/{name}/index</c>.</summary>
/// <param name="FieldName">The path of the payload's field.</param>
/// <param name="FieldSchema">The type of its values.</param>
internal sealed record CreateFieldIndex(string FieldName, string FieldSchema);

/// <summary>The body of <c>PUT /collections/{name}/points</c>.</summary>
/// <param name="Points">The points.</param>
internal sealed record PointsList(PointStruct[] Points);

/// <summary>A point.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Vector">Its vectors, by the name of their space.</param>
/// <param name="Payload">What is known of it.</param>
internal sealed record PointStruct(Guid Id, ImmutableSortedDictionary<string, ImmutableArray<float>> Vector, PointPayload Payload);

/// <summary>What is known of a point.</summary>
/// <param name="Item">The item's id.</param>
/// <param name="Stamp">The digest of the point.</param>
/// <param name="Words">Facet values (see <see cref="FacetKeys"/>).</param>
/// <param name="Numbers">Those of them that are numbers.</param>
internal sealed record PointPayload(string Item, string Stamp, SortedDictionary<string, string[]> Words, SortedDictionary<string, double[]> Numbers);

/// <summary>The body of <c>POST /collections/{name}/points/query</c>.</summary>
/// <param name="Query">The vector.</param>
/// <param name="Using">The name of its space.</param>
/// <param name="Filter">What points must be.</param>
/// <param name="Limit">The greatest number of hits.</param>
/// <param name="WithPayload">What to tell of the hits.</param>
/// <param name="Params">How to search.</param>
internal sealed record QueryRequest(
    ImmutableArray<float> Query, string Using, FilterClause? Filter, int Limit, string[] WithPayload, SearchParams? Params);

/// <summary>How to search.</summary>
/// <param name="Exact">Whether every vector is compared.</param>
internal sealed record SearchParams(bool Exact);

/// <summary>The body of <c>POST /collections/{name}/points/scroll</c>.</summary>
/// <param name="Filter">What points must be.</param>
/// <param name="Limit">The greatest number of points.</param>
/// <param name="Offset">The point that the page begins with; null for the first page.</param>
/// <param name="WithPayload">What to tell of the points.</param>
internal sealed record ScrollRequest(FilterClause? Filter, int Limit, Guid? Offset, string[] WithPayload)
{
    /// <summary>No vectors are read.</summary>
    public bool WithVector => false;
}

/// <summary>The body of <c>POST /collections/{name}/points/count</c>.</summary>
/// <param name="Filter">What points must be.</param>
internal sealed record CountRequest(FilterClause? Filter)
{
    /// <summary>Counts are exact.</summary>
    public bool Exact => true;
}

/// <summary>The body of <c>POST /collections/{name}/points/delete</c>.</summary>
/// <param name="Points">The ids.</param>
internal sealed record PointIdsList(Guid[] Points);

/// <summary>The body of <c>POST /collections/aliases</c>: what is done in one step.</summary>
/// <param name="Actions">What is done, in order.</param>
internal sealed record ChangeAliases(AliasAction[] Actions);

/// <summary>One change of an alias: one of the two is set.</summary>
/// <param name="DeleteAlias">The alias that goes.</param>
/// <param name="CreateAlias">The alias that comes.</param>
internal sealed record AliasAction(AliasName? DeleteAlias = null, AliasTarget? CreateAlias = null);

/// <summary>An alias by its name.</summary>
/// <param name="Name">The name.</param>
internal sealed record AliasName([property: System.Text.Json.Serialization.JsonPropertyName("alias_name")] string Name);

/// <summary>An alias and what it stands for.</summary>
/// <param name="AliasName">The alias.</param>
/// <param name="CollectionName">The collection.</param>
internal sealed record AliasTarget(string AliasName, string CollectionName);
