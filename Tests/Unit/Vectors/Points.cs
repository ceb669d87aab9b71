using System.Collections.Immutable;
using AgentRec.Grains.Abstractions.Vectors;

namespace AgentRec.Tests.Unit.Vectors;

/// <summary>Points and questions for tests.</summary>
internal static class Points
{
    public const string Content = VectorSpaces.Content;

    /// <summary>Two spaces of two kinds.</summary>
    public static VectorSchema Schema { get; } = new(
        [new VectorSpace(Content, 4, VectorSimilarity.Dot), new VectorSpace(VectorSpaces.Collaborative, 2, VectorSimilarity.Cosine)],
        [new FacetField("genre", false), new FacetField("year", true)]);

    /// <summary>A point in the content space.</summary>
    public static VectorPoint Of(string itemId, float[] content, params (string Facet, string[] Values)[] facets) => new(
        itemId,
        ImmutableSortedDictionary.Create<string, ImmutableArray<float>>(StringComparer.Ordinal).Add(Content, [.. content]),
        facets.ToImmutableSortedDictionary(facet => facet.Facet, facet => facet.Values.ToImmutableArray(), StringComparer.Ordinal));

    /// <summary>The same point with a vector in the other space.</summary>
    public static VectorPoint With(this VectorPoint point, params float[] collaborative) =>
        point with { Vectors = point.Vectors.SetItem(VectorSpaces.Collaborative, [.. collaborative]) };

    /// <summary>A query in the content space.</summary>
    public static VectorQuery Near(float[] vector, int count = 10, VectorFilter? filter = null) => new(Content, [.. vector], filter ?? VectorFilter.None, count);

    /// <summary>A filter of conditions that must be met.</summary>
    public static VectorFilter Must(params FacetCondition[] conditions) => new([.. conditions], []);

    /// <summary>A filter of conditions that must not be met.</summary>
    public static VectorFilter MustNot(params FacetCondition[] conditions) => new([], [.. conditions]);

    /// <summary>One of some values.</summary>
    public static FacetMatch Any(string facet, params string[] values) => new(facet, [.. values]);

    /// <summary>A collection that is served.</summary>
    public static async Task<VectorCollection> ServedAsync(this IndexUnderTest it, string tenant, params VectorPoint[] points)
    {
        var build = new VectorCollection(it.Tenant(tenant), "model 1", "b1");
        await it.Index.EnsureAsync(build, Schema, default);
        await it.Index.UpsertAsync(build, [.. points], default);
        await it.Index.SwitchAsync(build, default);
        return build with { Build = null };
    }

    /// <summary>The ids that a query finds.</summary>
    public static async Task<string[]> FindAsync(this IVectorIndex index, VectorCollection collection, VectorQuery query) =>
        [.. (await index.QueryAsync(collection, query, default)).Select(hit => hit.ItemId)];

    /// <summary>All ids that pass a filter, page by page.</summary>
    public static async Task<List<string>> ScrollAllAsync(this IVectorIndex index, VectorCollection collection, int pageSize, VectorFilter? filter = null)
    {
        var (ids, next) = (new List<string>(), (string?)null);
        do
        {
            var page = await index.ScrollAsync(collection, filter ?? VectorFilter.None, next, pageSize, default);
            Assert.True(page.Records.Length <= pageSize, $"a page of at most {pageSize} has {page.Records.Length} points");
            ids.AddRange(page.Records.Select(record => record.ItemId));
            next = page.Next;
        }
        while (next is not null);
        return ids;
    }
}
