using System.Collections.Immutable;
using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Vectors;
using AgentRec.Recommenders;
using AgentRec.Recommenders.Scorers;

namespace AgentRec.Grains.Vectors;

/// <summary>The served items as a table: a view of catalogue and model that copies neither.</summary>
internal sealed class ModelTable : VectorTable
{
    private static readonly string[] Derived = [FacetNames.FirstGenre, FacetNames.Decade, FacetNames.Stratum, FacetNames.Provider, FacetNames.Item];
    private readonly Catalogue _catalogue;
    private readonly ImmutableSortedDictionary<string, SpaceRows> _spaces;

    private ModelTable(Catalogue catalogue, VectorSchema schema, ImmutableSortedDictionary<string, SpaceRows> spaces)
        : base(schema, spaces) => (_catalogue, _spaces) = (catalogue, spaces);

    public override int Count => _catalogue.Count;

    /// <summary>The items of a model: what they are, and who takes to them where the model has item factors.</summary>
    public static ModelTable Of(RecommenderModel model)
    {
        var spaces = ImmutableSortedDictionary.CreateBuilder<string, SpaceRows>(StringComparer.Ordinal);
        spaces.Add(VectorSpaces.Content, new SpaceRows(model.Index, VectorSimilarity.Dot, null));
        if (model.Scorer(ImplicitAlsScorer.ScorerName) is ImplicitAlsScorer factors)
            spaces.Add(VectorSpaces.Collaborative, new SpaceRows(factors.Index, VectorSimilarity.Dot, null));
        var schema = new VectorSchema(
            [.. spaces.Select(space => new VectorSpace(space.Key, space.Value.Vectors.Dimension, space.Value.Similarity))],
            [.. Facets(model.Catalogue)]);
        return new ModelTable(model.Catalogue, schema, spaces.ToImmutable());
    }

    public override string ItemId(int row) => _catalogue.Item(row).ItemId;

    public override ImmutableArray<string> Values(int row, string facet) => _catalogue.Values(row, facet);

    public override VectorPoint Point(int row)
    {
        var facets = ImmutableSortedDictionary.CreateBuilder<string, ImmutableArray<string>>(StringComparer.Ordinal);
        foreach (var facet in Stated(_catalogue.Item(row)).Concat(Derived))
        {
            if (Values(row, facet) is { IsEmpty: false } values)
                facets[facet] = values;
        }
        return new VectorPoint(
            ItemId(row),
            _spaces.Where(space => row < space.Value.Vectors.Count)
                .ToImmutableSortedDictionary(space => space.Key, space => ImmutableArray.Create(space.Value.Vectors.Vector(row)), StringComparer.Ordinal),
            facets.ToImmutable());
    }

    private static IEnumerable<string> Stated(Item item) => item.Facets.Keys.Where(name => !name.Contains(FacetNames.Alternatives));

    private static IEnumerable<FacetField> Facets(Catalogue catalogue)
    {
        var numeric = new SortedDictionary<string, bool>(StringComparer.Ordinal);
        foreach (var facet in Derived)
            numeric[facet] = false;
        foreach (var item in catalogue.Items)
        {
            foreach (var (facet, values) in item.Facets)
            {
                if (!facet.Contains(FacetNames.Alternatives) && (!numeric.TryGetValue(facet, out var isNumeric) || !isNumeric))
                    numeric[facet] = values.Any(value => FacetNumber.TryRead(value, out var number) && double.IsFinite(number));
            }
        }
        return numeric.Select(facet => new FacetField(facet.Key, facet.Value));
    }
}
