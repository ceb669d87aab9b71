using System.Net;
using System.Text.Json;

namespace AgentRec.Tests.Contract.Qdrant;

/// <summary>What the in-test server keeps: collections, points and aliases, one call at a time.</summary>
internal sealed class QdrantStore
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, Collection> _collections = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, string> _aliases = new(StringComparer.Ordinal);

    /// <summary>The names of the collections.</summary>
    public string[] Collections => Locked(() => _collections.Keys.ToArray());

    /// <summary>The aliases with what they stand for.</summary>
    public (string Alias, string Collection)[] Aliases => Locked(() => _aliases.Select(alias => (alias.Key, alias.Value)).ToArray());

    /// <summary>The payload indexes of a collection.</summary>
    public string[] Indexes(string name) => Locked(() => Find(name).Indexes.Select(index => $"{index.Key}: {index.Value}").ToArray());

    /// <summary>Answers a call.</summary>
    /// <param name="operation">The method and the path's template.</param>
    /// <param name="name">The collection in the path, where there is one.</param>
    /// <param name="body">The body, where there is one.</param>
    public object Answer(string operation, string name, JsonElement body) => Locked(() => operation switch
    {
        "GET /collections" => new { collections = _collections.Keys.Select(key => new { name = key }) },
        "GET /aliases" => new { aliases = _aliases.Select(alias => new { alias_name = alias.Key, collection_name = alias.Value }) },
        "GET /collections/{collection_name}" => Describe(Find(name)),
        "PUT /collections/{collection_name}" => Create(name, body),
        "DELETE /collections/{collection_name}" => Delete(name),
        "PUT /collections/{collection_name}/index" => Index(Find(name), body),
        "POST /collections/aliases" => ChangeAliases(body),
        "PUT /collections/{collection_name}/points" => Upsert(Find(name), body),
        "POST /collections/{collection_name}/points/delete" => DeletePoints(Find(name), body),
        "POST /collections/{collection_name}/points/query" => Query(Find(name), body),
        "POST /collections/{collection_name}/points/scroll" => Scroll(Find(name), body),
        "POST /collections/{collection_name}/points/count" => (object)new { count = Passing(Find(name), body).Count() },
        _ => throw new QdrantRefusal(HttpStatusCode.NotFound, $"no operation {operation}"),
    });

    private T Locked<T>(Func<T> work)
    {
        lock (_lock)
            return work();
    }

    private Collection Find(string name) =>
        _collections.GetValueOrDefault(_aliases.GetValueOrDefault(name, name)) ?? throw new QdrantRefusal(HttpStatusCode.NotFound, $"Not found: Collection `{name}` doesn't exist!");

    private static object Describe(Collection collection) => new
    {
        status = "green",
        optimizer_status = "ok",
        segments_count = 1,
        points_count = collection.Points.Count,
        config = new
        {
            @params = new { vectors = collection.Spaces.ToDictionary(space => space.Key, space => new { size = space.Value.Size, distance = space.Value.Distance }) },
            hnsw_config = new { m = 16, ef_construct = 100, full_scan_threshold = 10_000 },
            optimizer_config = new { default_segment_number = 0, flush_interval_sec = 5 },
        },
        payload_schema = collection.Indexes.ToDictionary(index => index.Key, index => new { data_type = index.Value, points = collection.Points.Count }),
    };

    private object Create(string name, JsonElement body)
    {
        if (_collections.ContainsKey(name) || _aliases.ContainsKey(name))
            throw new QdrantRefusal(HttpStatusCode.Conflict, $"Wrong input: Collection `{name}` already exists!");
        _collections.Add(name, new Collection(body.GetProperty("vectors").EnumerateObject().ToDictionary(
            space => space.Name, space => new Space(space.Value.GetProperty("size").GetInt32(), space.Value.GetProperty("distance").GetString()!), StringComparer.Ordinal)));
        return true;
    }

    private object Delete(string name)
    {
        foreach (var alias in _aliases.Where(alias => alias.Value == name).Select(alias => alias.Key).ToArray())
            _aliases.Remove(alias);
        return _collections.Remove(name);
    }

    private static object Index(Collection collection, JsonElement body)
    {
        collection.Indexes[body.GetProperty("field_name").GetString()!] = body.GetProperty("field_schema").GetString()!;
        return Completed;
    }

    private object ChangeAliases(JsonElement body)
    {
        var next = new SortedDictionary<string, string>(_aliases, StringComparer.Ordinal);
        foreach (var action in body.GetProperty("actions").EnumerateArray())
        {
            if (action.TryGetProperty("delete_alias", out var gone) && !next.Remove(gone.GetProperty("alias_name").GetString()!))
                throw new QdrantRefusal(HttpStatusCode.NotFound, "Not found: Alias doesn't exist!");
            if (!action.TryGetProperty("create_alias", out var come))
                continue;
            var target = come.GetProperty("collection_name").GetString()!;
            if (!_collections.ContainsKey(target))
                throw new QdrantRefusal(HttpStatusCode.NotFound, $"Not found: Collection `{target}` doesn't exist!");
            next[come.GetProperty("alias_name").GetString()!] = target;
        }
        _aliases.Clear();
        foreach (var (alias, target) in next)
            _aliases.Add(alias, target);
        return true;
    }

    private static object Upsert(Collection collection, JsonElement body)
    {
        foreach (var point in body.GetProperty("points").EnumerateArray())
        {
            var vectors = new Dictionary<string, float[]>(StringComparer.Ordinal);
            foreach (var vector in point.GetProperty("vector").EnumerateObject())
                vectors.Add(vector.Name, collection.Normal(vector.Name, vector.Value));
            collection.Points[point.GetProperty("id").GetGuid()] = new Point(vectors, point.GetProperty("payload").Clone());
        }
        return Completed;
    }

    private static object DeletePoints(Collection collection, JsonElement body)
    {
        foreach (var id in body.GetProperty("points").EnumerateArray())
            collection.Points.Remove(id.GetGuid());
        return Completed;
    }

    private static object Query(Collection collection, JsonElement body)
    {
        var space = body.GetProperty("using").GetString()!;
        var query = collection.Normal(space, body.GetProperty("query"));
        return new
        {
            points = Passing(collection, body)
                .Where(point => point.Value.Vectors.ContainsKey(space))
                .Select(point => (point.Key, point.Value.Payload, Score: System.Numerics.Tensors.TensorPrimitives.Dot<float>(query, point.Value.Vectors[space])))
                .OrderByDescending(hit => hit.Score)
                .Take(body.GetProperty("limit").GetInt32())
                .Select(hit => new { id = hit.Key, version = 0, score = hit.Score, payload = Told(hit.Payload, body) }),
        };
    }

    private static object Scroll(Collection collection, JsonElement body)
    {
        var passing = Passing(collection, body);
        if (body.TryGetProperty("offset", out var offset))
            passing = passing.SkipWhile(point => point.Key != offset.GetGuid());
        var limit = body.GetProperty("limit").GetInt32();
        var page = passing.Take(limit + 1).ToArray();
        return new
        {
            points = page.Take(limit).Select(point => new { id = point.Key, payload = Told(point.Value.Payload, body) }),
            next_page_offset = page.Length > limit ? page[limit].Key : (Guid?)null,
        };
    }

    private static IEnumerable<KeyValuePair<Guid, Point>> Passing(Collection collection, JsonElement body) =>
        body.TryGetProperty("filter", out var filter) ? collection.Points.Where(point => QdrantFilter.Passes(point.Value.Payload, filter)) : collection.Points;

    private static Dictionary<string, JsonElement> Told(JsonElement payload, JsonElement body) =>
        body.GetProperty("with_payload").EnumerateArray().ToDictionary(name => name.GetString()!, name => payload.GetProperty(name.GetString()!), StringComparer.Ordinal);

    private static object Completed { get; } = new { operation_id = 1, status = "completed" };

    private sealed record Space(int Size, string Distance);

    private sealed record Point(Dictionary<string, float[]> Vectors, JsonElement Payload);

    private sealed class Collection(Dictionary<string, Space> spaces)
    {
        public Dictionary<string, Space> Spaces => spaces;

        public SortedDictionary<string, string> Indexes { get; } = new(StringComparer.Ordinal);

        public SortedDictionary<Guid, Point> Points { get; } = [];

        /// <summary>A vector as it is kept: of length 1 where the cosine is asked for.</summary>
        public float[] Normal(string name, JsonElement components)
        {
            float[] vector = [.. components.EnumerateArray().Select(component => component.GetSingle())];
            if (!spaces.TryGetValue(name, out var space))
                throw new QdrantRefusal(HttpStatusCode.BadRequest, $"Wrong input: Not existing vector name error: {name}");
            if (vector.Length != space.Size)
                throw new QdrantRefusal(HttpStatusCode.BadRequest, $"Wrong input: Vector dimension error: expected dim: {space.Size}, got {vector.Length}");
            var length = Math.Sqrt(vector.Sum(component => (double)component * component));
            return space.Distance == "Cosine" && length > 0 ? [.. vector.Select(component => (float)(component / length))] : vector;
        }
    }
}

/// <summary>A call that the server does not do.</summary>
internal sealed class QdrantRefusal(HttpStatusCode status, string message) : Exception(message)
{
    public HttpStatusCode Status => status;
}
