using System.Collections.Immutable;
using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Vectors;
using AgentRec.Recommenders.Vectors;

namespace AgentRec.Grains.Vectors;

/// <summary>A table of points that were put one batch after the other.</summary>
internal sealed class PointTable : VectorTable
{
    private readonly ImmutableArray<VectorPoint> _points;

    private PointTable(VectorSchema schema, ImmutableArray<VectorPoint> points)
        : base(schema, Spaces(schema, points)) => _points = points;

    public override int Count => _points.Length;

    /// <summary>A table of points.</summary>
    /// <param name="schema">What they are made of.</param>
    /// <param name="points">The points, with distinct ids.</param>
    public static PointTable Of(VectorSchema schema, ImmutableArray<VectorPoint> points) => new(schema, points);

    /// <summary>Another table's points with some replaced, others added behind, and some gone.</summary>
    /// <param name="table">The other table.</param>
    /// <param name="added">Points to put; of several with one id the last counts.</param>
    /// <param name="deleted">Ids to leave out.</param>
    public static PointTable Changed(VectorTable table, ImmutableArray<VectorPoint> added, ImmutableArray<string> deleted)
    {
        var (points, places) = (new List<VectorPoint?>(table.Count), new Dictionary<string, int>(StringComparer.Ordinal));
        for (var row = 0; row < table.Count; row++)
        {
            places.Add(table.ItemId(row), row);
            points.Add(table.Point(row));
        }
        foreach (var point in added)
        {
            if (places.TryAdd(point.ItemId, points.Count))
                points.Add(point);
            else
                points[places[point.ItemId]] = point;
        }
        foreach (var itemId in deleted)
        {
            if (places.TryGetValue(itemId, out var row))
                points[row] = null;
        }
        return Of(table.Schema, [.. points.OfType<VectorPoint>()]);
    }

    public override string ItemId(int row) => _points[row].ItemId;

    public override VectorPoint Point(int row) => _points[row];

    public override ImmutableArray<string> Values(int row, string facet)
    {
        var facets = _points[row].Facets;
        if (!facet.Contains(FacetNames.Alternatives))
            return facets.GetValueOrDefault(facet, []);
        foreach (var alternative in facet.Split(FacetNames.Alternatives))
        {
            if (facets.TryGetValue(alternative, out var values) && !values.IsEmpty)
                return values;
        }
        return [];
    }

    private static ImmutableSortedDictionary<string, SpaceRows> Spaces(VectorSchema schema, ImmutableArray<VectorPoint> points) =>
        schema.Spaces.ToImmutableSortedDictionary(space => space.Name, space => Rows(space, points), StringComparer.Ordinal);

    private static SpaceRows Rows(VectorSpace space, ImmutableArray<VectorPoint> points)
    {
        int[] rows = [.. Enumerable.Range(0, points.Length).Where(row => points[row].Vectors.ContainsKey(space.Name))];
        var vectors = new float[rows.Length * space.Size];
        for (var place = 0; place < rows.Length; place++)
        {
            var vector = points[rows[place]].Vectors[space.Name].AsSpan();
            (space.Similarity is VectorSimilarity.Cosine ? SpaceRows.Unit(vector) : vector).CopyTo(vectors.AsSpan(place * space.Size));
        }
        return new SpaceRows(new VectorIndex(vectors, space.Size), space.Similarity, rows);
    }
}
