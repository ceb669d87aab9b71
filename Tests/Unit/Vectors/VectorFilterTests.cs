using System.Collections.Immutable;
using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Vectors;
using CsCheck;
using static AgentRec.Tests.Unit.Vectors.Points;

namespace AgentRec.Tests.Unit.Vectors;

/// <summary>Filters mean the same everywhere: what a constraint means, in every index.</summary>
public sealed class VectorFilterTests
{
    private static readonly float[] East = [1, 0, 0, 0];
    private static readonly string[] Facets = ["genre", "year", "a.b", "genre|year", "missing|genre|year", "missing", "", "|"];
    private static readonly string[] Values = ["Drama", "drama", "ÉPOPÉE", "épopée", "1999", "1999.5", " 2e3 ", "-0", "1e400", "-Infinity", "NaN", "", "ß", "SS", "ǆ", "𐐨", "𐐀"];

    private static readonly Gen<Constraint> AnyConstraint = Gen.Select(
        Gen.OneOf(Facets), Gen.OneOf(Enum.GetValues<ConstraintOperator>()), Gen.OneOf(Values).Array[1, 3],
        (facet, op, values) => new Constraint(facet, op, [.. values], ConstraintStrength.Hard, null));

    private static readonly Gen<VectorPoint> AnyPoint = Gen.Select(
        Gen.Int[-4, 4].Array[4], Gen.Dictionary(Gen.OneOf("genre", "year", "a.b", ""), Gen.OneOf(Values).Array[1, 3])[0, 4],
        (vector, facets) => Of("", [.. vector.Select(component => component / 4f)], facets.Select(facet => (facet.Key, facet.Value)).ToArray()));

    private static readonly Gen<VectorPoint[]> AnyPoints = AnyPoint.Array[0, 30].Select(points => points.Select((point, i) => point with { ItemId = $"i{i}" }).ToArray());

    public static TheoryData<string> Kinds => [.. IndexUnderTest.Kinds];

    [Fact]
    public void Filter_OfConstraints_PassesWhatMeetsThem() =>
        Gen.Select(AnyConstraint.Array[0, 3], AnyPoint).Sample((constraints, point) =>
        {
            var filter = VectorFilter.Of(constraints);

            Assert.Equal(
                constraints.All(constraint => constraint.IsMetBy(Finite(constraint, Read(point, constraint.Facet)))),
                filter.Must.All(condition => condition.IsMetBy(Read(point, condition.Facet))) && !filter.MustNot.Any(condition => condition.IsMetBy(Read(point, condition.Facet))));
        });

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Indexes_FindTheSameItems_ForTheSameDataQueriesAndFilters(string kind)
    {
        await using var reference = await IndexUnderTest.OpenAsync(IndexUnderTest.Embedded);
        await using var it = await IndexUnderTest.OpenAsync(kind);
        var world = 0;
        await Gen.Select(AnyPoints, Gen.Select(AnyConstraint.Array[0, 3], Gen.Int[-4, 4].Array[4], Gen.Int[1, 40]).Array[1, 5]).SampleAsync(
            async (points, questions) =>
            {
                var tenant = $"world {world++}";
                var (expected, collection) = (await reference.ServedAsync(tenant, points), await it.ServedAsync(tenant, points));
                foreach (var (constraints, vector, count) in questions)
                {
                    var query = Near([.. vector.Select(component => (float)component)], count, VectorFilter.Of(constraints));
                    var all = await reference.Index.QueryAsync(expected, query with { Count = points.Length }, default);
                    Similarities.AssertSame(await reference.Index.QueryAsync(expected, query, default), await it.Index.QueryAsync(collection, query, default), all);
                    Assert.Equal(all.Length, await it.Index.CountAsync(collection, query.Filter, default));
                }
                await it.Index.DeleteTenantAsync(collection.Tenant, default);
            },
            iter: 60, threads: 1);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Filter_OfEveryKind_FindsWhatItSays(string kind)
    {
        await using var it = await IndexUnderTest.OpenAsync(kind);
        var collection = await it.ServedAsync(
            "filters",
            Of("both", East, ("genre", ["Drama", "Comedy"]), ("year", ["1994"])),
            Of("comedy", East, ("genre", ["comedy"]), ("year", ["2001"])),
            Of("twice", East, ("year", ["1990", "2010"])),
            Of("bare", East));

        await FindsAsync(["both", "comedy"], Must(Any("genre", "COMEDY")));
        await FindsAsync(["both"], Must(Any("genre", "drama"), Any("genre", "comedy")));
        await FindsAsync(["both", "comedy"], Must(Any("genre", "Horror", "comedy")));
        await FindsAsync([], Must(Any("genre")));
        await FindsAsync(["bare", "both", "comedy", "twice"], MustNot(Any("genre")));
        await FindsAsync(["bare", "twice"], MustNot(Any("genre", "comedy")));
        await FindsAsync(["twice"], Must(new FacetRange("year") { LessThan = 1991 }, new FacetRange("year") { GreaterThan = 2009 }));
        await FindsAsync([], Must(new FacetRange("year") { GreaterThan = 1994, LessThan = 2001 }));
        await FindsAsync(["both", "comedy"], Must(new FacetRange("year") { AtLeast = 1994, AtMost = 2001 }));
        await FindsAsync(["bare"], MustNot(new FacetRange("year") { GreaterThan = double.NegativeInfinity }));
        await FindsAsync([], Must(new FacetRange("year") { AtMost = double.NaN }));
        await FindsAsync(["both", "comedy", "twice"], Must(new FacetRange("year")));
        await FindsAsync(["both"], Must(Any("genre|year", "drama", "2001")));
        await FindsAsync(["twice"], Must(new FacetRange("genre|year") { AtLeast = 0 }));
        await FindsAsync(["bare", "comedy", "twice"], MustNot(Any("genre|year", "drama")));
        await FindsAsync(["comedy"], new VectorFilter([Any("genre", "comedy")], [Any("genre", "drama")]));

        async Task FindsAsync(string[] expected, VectorFilter filter)
        {
            Assert.Equal(expected, (await it.Index.FindAsync(collection, Near(East, 10, filter))).Order(StringComparer.Ordinal));
            Assert.Equal(expected.Length, await it.Index.CountAsync(collection, filter, default));
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Facets_WithHostileNamesAndValues_AreNamesAndValues(string kind)
    {
        await using var it = await IndexUnderTest.OpenAsync(kind);
        string[] hostile =
        [
            "a.b", "a[]", "a[0]", "\"", "\\", "a b", "*", "", "_", "_005f", "-", "words", "item", "stamp", "$gt", "é", "日本", "🎬", "a\nb", "\0", "'; DROP TABLE items; --",
            "{\"match\":{\"any\":[]}}", new string('k', 300),
        ];
        var schema = Schema with { Facets = [.. hostile.Select(name => new FacetField(name, true))] };
        var build = new VectorCollection(it.Tenant("hostile"), "model 1", "b1");
        await it.Index.EnsureAsync(build, schema, default);
        await it.Index.UpsertAsync(build, [.. hostile.Select((name, i) => Of($"i{i}", East, (name, [name, $"{i}"])))], default);

        for (var i = 0; i < hostile.Length; i++)
        {
            Assert.Equal([$"i{i}"], await it.Index.FindAsync(build, Near(East, 50, Must(Any(hostile[i], hostile[i])))));
            Assert.Equal([$"i{i}"], await it.Index.FindAsync(build, Near(East, 50, Must(new FacetRange(hostile[i]) { AtLeast = i }))));
            Assert.Equal(hostile.Length - 1, await it.Index.CountAsync(build, MustNot(Any(hostile[i], hostile[i])), default));
        }
    }

    private static ImmutableArray<string> Read(VectorPoint point, string facet) =>
        facet.Split('|').Select(name => point.Facets.GetValueOrDefault(name, [])).FirstOrDefault(values => !values.IsEmpty, []);

    /// <summary>What an index takes for a number: infinite values are left out of comparisons.</summary>
    private static ImmutableArray<string> Finite(Constraint constraint, ImmutableArray<string> values) =>
        constraint.Op is ConstraintOperator.Eq or ConstraintOperator.Ne or ConstraintOperator.In
            ? values
            : [.. values.Where(value => FacetNumber.TryRead(value, out var number) && double.IsFinite(number))];
}
