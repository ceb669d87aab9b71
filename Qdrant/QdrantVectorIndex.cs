using System.Collections.Immutable;
using System.Text.Json;
using AgentRec.Grains.Abstractions.Vectors;
using AgentRec.Qdrant.Wire;
using Microsoft.Extensions.Options;

namespace AgentRec.Qdrant;

/// <summary>
/// Keeps collections on a Qdrant server, over its REST API: a collection for each build with named vectors, an alias for the one that
/// is served, and payload indexes for facets. Filters are evaluated by the server.
/// </summary>
/// <param name="calls">Sends the calls.</param>
/// <param name="options">How to search and write.</param>
internal sealed class QdrantVectorIndex(QdrantCalls calls, IOptions<QdrantOptions> options) : IVectorIndex
{
    private const string Completed = "completed";
    private static readonly string[] Item = ["item"];
    private static readonly string[] ItemAndStamp = ["item", "stamp"];
    private readonly QdrantNames _names = new(options.Value.Prefix);

    public async Task<ImmutableArray<ItemHit>> QueryAsync(VectorCollection collection, VectorQuery query, CancellationToken cancellationToken)
    {
        if (query.Count <= 0)
            return [];
        var name = _names.Of(collection);
        var result = await calls.SendAsync(
            new QdrantCall(HttpMethod.Post, $"collections/{name}/points/query", $"search collection '{name}'", IsQuery: true, HasFilter: true),
            new QueryRequest(query.Vector, query.Space, FilterTranslation.Of(query.Filter), query.Count, Item, options.Value.Exact ? new SearchParams(true) : null),
            QdrantJson.Default.QueryRequest, QdrantJson.Default.AnswerQueryResult, cancellationToken);
        return [.. result.Points.Select(point => new ItemHit(point.Payload.Item, point.Score)).Order(ItemHit.Order)];
    }

    public async Task<long> CountAsync(VectorCollection collection, VectorFilter filter, CancellationToken cancellationToken)
    {
        var name = _names.Of(collection);
        var result = await calls.SendAsync(
            new QdrantCall(HttpMethod.Post, $"collections/{name}/points/count", $"count the points of collection '{name}'", HasFilter: true),
            new CountRequest(FilterTranslation.Of(filter)), QdrantJson.Default.CountRequest, QdrantJson.Default.AnswerCountResult, cancellationToken);
        return result.Count;
    }

    public async Task<VectorPage> ScrollAsync(VectorCollection collection, VectorFilter filter, string? next, int count, CancellationToken cancellationToken)
    {
        var name = _names.Of(collection);
        var result = await calls.SendAsync(
            new QdrantCall(HttpMethod.Post, $"collections/{name}/points/scroll", $"read the points of collection '{name}'", HasFilter: true),
            new ScrollRequest(FilterTranslation.Of(filter), count, next is null ? null : Guid.Parse(next), ItemAndStamp),
            QdrantJson.Default.ScrollRequest, QdrantJson.Default.AnswerScrollResult, cancellationToken);
        return new VectorPage([.. result.Points.Select(point => new VectorRecord(point.Payload.Item, point.Payload.Stamp ?? ""))], result.NextPageOffset?.ToString());
    }

    public async Task EnsureAsync(VectorCollection build, VectorSchema schema, CancellationToken cancellationToken)
    {
        var name = _names.Build(build);
        var info = await FindAsync(name, cancellationToken) ?? await CreateAsync(name, schema, cancellationToken);
        if (!HasSpaces(info, schema))
            throw new VectorIndexException(VectorFailure.Refused, $"Qdrant's collection '{name}' has other vector spaces than the model: delete the collection, or choose another Tools:Vectors:Prefix.");
        foreach (var facet in schema.Facets)
        {
            await IndexAsync(name, info, FacetKeys.Words(facet.Name), "keyword", cancellationToken);
            if (facet.IsNumeric)
                await IndexAsync(name, info, FacetKeys.Numbers(facet.Name), "float", cancellationToken);
        }
    }

    public async Task UpsertAsync(VectorCollection collection, ImmutableArray<VectorPoint> points, CancellationToken cancellationToken)
    {
        var name = _names.Of(collection);
        // Of several points with one id the last counts: in one request their order would be Qdrant's.
        VectorPoint[] distinct = [.. points.Reverse().DistinctBy(point => point.ItemId, StringComparer.Ordinal).Reverse()];
        foreach (var batch in distinct.Chunk(options.Value.BatchSize))
        {
            var result = await calls.SendAsync(
                new QdrantCall(HttpMethod.Put, $"collections/{name}/points?wait=true", $"put {batch.Length} points into collection '{name}'"),
                new PointsList([.. batch.Select(PointTranslation.Of)]), QdrantJson.Default.PointsList, QdrantJson.Default.AnswerUpdateResult, cancellationToken);
            Require(result, name);
        }
    }

    public async Task DeleteAsync(VectorCollection collection, ImmutableArray<string> itemIds, CancellationToken cancellationToken)
    {
        var name = _names.Of(collection);
        foreach (var batch in itemIds.Chunk(options.Value.BatchSize))
        {
            var result = await calls.SendAsync(
                new QdrantCall(HttpMethod.Post, $"collections/{name}/points/delete?wait=true", $"delete {batch.Length} points from collection '{name}'"),
                new PointIdsList([.. batch.Select(PointIds.Of)]), QdrantJson.Default.PointIdsList, QdrantJson.Default.AnswerUpdateResult, cancellationToken);
            Require(result, name);
        }
    }

    public async Task<string?> ServedBuildAsync(VectorCollection collection, CancellationToken cancellationToken)
    {
        var alias = _names.Alias(collection);
        var served = (await AliasesAsync(cancellationToken)).FirstOrDefault(known => known.AliasName == alias)?.CollectionName;
        return served?.StartsWith($"{alias}.", StringComparison.Ordinal) is true ? served[(alias.Length + 1)..] : null;
    }

    public async Task SwitchAsync(VectorCollection build, CancellationToken cancellationToken)
    {
        var (alias, name) = (_names.Alias(build), _names.Build(build));
        var isKnown = (await AliasesAsync(cancellationToken)).Any(known => known.AliasName == alias);
        AliasAction create = new(CreateAlias: new AliasTarget(alias, name));
        // All actions of one request take effect at once.
        await calls.SendAsync(
            new QdrantCall(HttpMethod.Post, "collections/aliases", $"serve collection '{name}'"),
            new ChangeAliases(isKnown ? [new AliasAction(DeleteAlias: new AliasName(alias)), create] : [create]),
            QdrantJson.Default.ChangeAliases, QdrantJson.Default.AnswerBoolean, cancellationToken);
        await DropAsync(known => known.StartsWith($"{alias}.", StringComparison.Ordinal) && known != name, cancellationToken);
    }

    public Task DropOthersAsync(VectorCollection kept, CancellationToken cancellationToken)
    {
        var (tenant, alias) = (_names.OfTenant(kept.Tenant), _names.Alias(kept));
        return DropAsync(
            name => name.StartsWith(tenant, StringComparison.Ordinal) && name != alias && !name.StartsWith($"{alias}.", StringComparison.Ordinal), cancellationToken);
    }

    public Task DeleteTenantAsync(string tenant, CancellationToken cancellationToken)
    {
        var prefix = _names.OfTenant(tenant);
        return DropAsync(name => name.StartsWith(prefix, StringComparison.Ordinal), cancellationToken);
    }

    private static void Require(UpdateResult result, string name)
    {
        if (result.Status != Completed)
            throw new VectorIndexException(VectorFailure.Unavailable, $"Qdrant took a change of collection '{name}' but has not made it searchable in time ({result.Status}): it is busy; the change is repeated.");
    }

    private static bool HasSpaces(CollectionInfo info, VectorSchema schema)
    {
        // A collection with a single nameless space has no object of spaces here, but the space's own members.
        if (info.Config.Params.Vectors is not { ValueKind: JsonValueKind.Object } vectors || vectors.TryGetProperty("size", out var size) && size.ValueKind is JsonValueKind.Number)
            return false;
        var known = vectors.Deserialize(QdrantJson.Default.DictionaryStringVectorParams)!;
        return known.Count == schema.Spaces.Length && schema.Spaces.All(space => known.GetValueOrDefault(space.Name) == PointTranslation.Of(space));
    }

    private async Task<CollectionInfo?> FindAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            return await calls.SendAsync(new QdrantCall(HttpMethod.Get, $"collections/{name}", $"describe collection '{name}'"), QdrantJson.Default.AnswerCollectionInfo, cancellationToken);
        }
        catch (VectorIndexException exception) when (exception.Failure is VectorFailure.Missing)
        {
            return null;
        }
    }

    private async Task<CollectionInfo> CreateAsync(string name, VectorSchema schema, CancellationToken cancellationToken)
    {
        var spaces = new SortedDictionary<string, VectorParams>(StringComparer.Ordinal);
        foreach (var space in schema.Spaces)
            spaces.Add(space.Name, PointTranslation.Of(space));
        VectorIndexException? refusal = null;
        try
        {
            await calls.SendAsync(
                new QdrantCall(HttpMethod.Put, $"collections/{name}", $"make collection '{name}'"),
                new CreateCollection(spaces), QdrantJson.Default.CreateCollection, QdrantJson.Default.AnswerBoolean, cancellationToken);
        }
        catch (VectorIndexException exception) when (exception.Failure is VectorFailure.Refused)
        {
            // Another silo may have made it meanwhile, or an answer was lost and the call repeated.
            refusal = exception;
        }
        return await FindAsync(name, cancellationToken) ?? throw refusal
            ?? new VectorIndexException(VectorFailure.Missing, $"Qdrant's collection '{name}' is gone right after it was made: see what else deletes collections.");
    }

    private async Task IndexAsync(string name, CollectionInfo info, string field, string type, CancellationToken cancellationToken)
    {
        if (info.PayloadSchema.ContainsKey(field))
            return;
        var result = await calls.SendAsync(
            new QdrantCall(HttpMethod.Put, $"collections/{name}/index?wait=true", $"index the payload of collection '{name}'"),
            new CreateFieldIndex(field, type), QdrantJson.Default.CreateFieldIndex, QdrantJson.Default.AnswerUpdateResult, cancellationToken);
        Require(result, name);
    }

    private async Task<AliasTarget[]> AliasesAsync(CancellationToken cancellationToken) =>
        (await calls.SendAsync(new QdrantCall(HttpMethod.Get, "aliases", "list its aliases"), QdrantJson.Default.AnswerAliasesResult, cancellationToken)).Aliases;

    /// <summary>Drops collections by name; an alias goes with the collection that it stands for.</summary>
    private async Task DropAsync(Func<string, bool> isDropped, CancellationToken cancellationToken)
    {
        var collections = await calls.SendAsync(new QdrantCall(HttpMethod.Get, "collections", "list its collections"), QdrantJson.Default.AnswerCollectionsResult, cancellationToken);
        foreach (var collection in collections.Collections.Where(collection => isDropped(collection.Name)))
        {
            try
            {
                await calls.SendAsync(new QdrantCall(HttpMethod.Delete, $"collections/{collection.Name}", $"delete collection '{collection.Name}'"), QdrantJson.Default.AnswerBoolean, cancellationToken);
            }
            catch (VectorIndexException exception) when (exception.Failure is VectorFailure.Missing)
            {
                // Somebody else was faster.
            }
        }
    }
}
