using AgentRec.Recommenders;
using AgentRec.Recommenders.Vectors;
using static AgentRec.Tests.Unit.Recommenders.SmallData;

namespace AgentRec.Tests.Unit.Recommenders;

public sealed class VectorTests
{
    private static readonly Catalogue Shelf = Catalogue.Create(
    [
        Film("1", "Toy Story (1995)", 1995, "Animation", "Comedy"),
        Film("2", "Toy Story 2 (1999)", 1999, "Animation", "Comedy"),
        Film("3", "Heat (1995)", 1995, "Crime", "Thriller"),
        Film("4", "Body Heat (1981)", 1981, "Crime", "Thriller"),
        Film("5", "Amélie (2001)", 2001, "Comedy", "Romance"),
        Film("6", "Matrix, The (1999)", 1999, "Action", "Thriller"),
        Film("7", "Ocean's Eleven (2001)", 2001, "Crime", "Thriller"),
    ]);

    [Theory]
    [InlineData("toy story", "1")]
    [InlineData("Toy Story 2", "2")]
    [InlineData("HEAT", "3")]
    [InlineData("body heat", "4")]
    [InlineData("Amelie", "5")]
    [InlineData("the matrix", "6")]
    [InlineData("Oceans Eleven", "7")]
    public void Search_ForATitle_FindsItFirst(string text, string expected)
    {
        var space = ContentSpace.Fit(Shelf, new ContentSpaceParameters(8), 0);

        var hits = space.Index(Shelf).Search(space.EmbedText(text), 1);

        Assert.Equal(expected, Shelf.Item(hits[0].Handle).ItemId);
    }

    [Fact]
    public void Search_ForAGenre_FindsItsItems()
    {
        var space = ContentSpace.Fit(Shelf, new ContentSpaceParameters(8), 0);

        var hits = space.Index(Shelf).Search(space.EmbedText("animation"), 2);

        Assert.Equal(["1", "2"], hits.Select(hit => Shelf.Item(hit.Handle).ItemId).Order());
    }

    [Fact]
    public void Search_WithAFilter_AgreesWithBruteForce()
    {
        var random = new Random(5);
        var rows = Enumerable.Range(0, 500 * 16).Select(_ => random.NextSingle() - 0.5f).ToArray();
        var index = new VectorIndex(rows, 16);
        var query = rows[..16];
        float Similarity(int handle) => System.Numerics.Tensors.TensorPrimitives.Dot<float>(query, index.Vector(handle));

        var hits = index.Search(query, 10, handle => handle % 3 == 0);

        Assert.Equal(Enumerable.Range(0, 500).Where(handle => handle % 3 == 0).OrderByDescending(Similarity).Take(10), hits.Select(hit => hit.Handle));
        Assert.Empty(index.Search(query, 0));
        Assert.Equal(500, index.Search(query, 1000).Length);
    }

    [Fact]
    public void Search_WithAVectorOfAnotherSpace_SaysSo() =>
        Assert.Contains("16", Assert.Throws<ArgumentException>(() => new VectorIndex(new float[32], 16).Search(new float[8], 1)).Message, StringComparison.Ordinal);

    [Fact]
    public void Embed_OfTextWithoutAnyKnownWord_IsFinite()
    {
        var space = ContentSpace.Fit(Shelf, new ContentSpaceParameters(8), 0);

        Assert.All(space.EmbedText("  ...  "), value => Assert.Equal(0f, value));
        Assert.All(space.EmbedText("zzz 🎬"), value => Assert.True(float.IsFinite(value)));
    }

    [Fact]
    public void EmbedText_WithWordsThatNothingHas_IsThatOfTheOthers()
    {
        var space = ContentSpace.Fit(Shelf, new ContentSpaceParameters(8), 0);

        Assert.All(space.EmbedText("farmer zzz"), value => Assert.Equal(0f, value));
        Assert.Equal(space.EmbedText("toy story"), space.EmbedText("toy farmer story zzz"));
    }

    [Fact]
    public void RightVectors_OfAMatrixOfLowRank_SpanItsRows()
    {
        TermWeight[][] rows = [[new(0, 2), new(1, 2)], [new(0, 1), new(1, 1)], [new(2, 3)]];

        var vectors = TruncatedSvd.RightVectors(rows, 3, 2, 0);

        // The two directions are the third axis (singular value 3) and the diagonal of the first two (sqrt 10).
        Assert.Equal(Math.Sqrt(0.5), Math.Abs(vectors[0]), 1e-4);
        Assert.Equal(Math.Sqrt(0.5), Math.Abs(vectors[2]), 1e-4);
        Assert.Equal(1, Math.Abs(vectors[5]), 1e-4);
    }
}
