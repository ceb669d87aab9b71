using AgentRec.Grains.Abstractions.Vectors;
using AgentRec.Qdrant;
using CsCheck;

namespace AgentRec.Tests.Unit.Vectors;

/// <summary>What is written on a server under a name or an id must be found under it by every later build.</summary>
public sealed class QdrantNameTests
{
    private static readonly QdrantNames Names = new("agentrec");
    private static readonly Gen<string> Text = Gen.String[Gen.OneOf(Gen.Char['a', 'c'], Gen.Char['.', '_'], Gen.Char['A', 'C'], Gen.Char['\u00DF', '\u0101']), 1, 6];

    [Fact]
    public void Names_StayWhatTheyAre()
    {
        Assert.Equal("agentrec.default.0f3a-1", Names.Alias(new VectorCollection("default", "0f3a-1")));
        Assert.Equal("agentrec.default.0f3a-1.b2", Names.Of(new VectorCollection("default", "0f3a-1", "b2")));
        Assert.Equal("agentrec.hop_d00aae6b7fbf77a4566d8df36805d7ae.", Names.OfTenant("Shop"));
    }

    [Fact]
    public void PointIds_StayWhatTheyAre()
    {
        Assert.Equal("ca0df2c9-5aa1-84c1-90ff-2ff3c8f967fd", PointIds.Of("m1").ToString());
        Assert.Equal("5929e904-9894-818d-b51d-387aeec24ad8", PointIds.Of("千と千尋").ToString());
    }

    [Fact]
    public void Keys_StayWhatTheyAre()
    {
        Assert.Equal("words.genre", FacetKeys.Words("genre"));
        Assert.Equal("numbers.a_002eb_005f_65e5", FacetKeys.Numbers("a.b_日"));
        Assert.Equal("words._", FacetKeys.Words(""));
    }

    [Fact]
    public void Names_OfDifferentCollections_Differ() => Gen.Select(Text, Text, Text, Text).Sample((tenant, name, otherTenant, otherName) =>
    {
        var (one, other) = (Names.Alias(new VectorCollection(tenant, name)), Names.Alias(new VectorCollection(otherTenant, otherName)));

        Assert.Equal((tenant, name) == (otherTenant, otherName), one == other);
        Assert.Equal(tenant == otherTenant, one.StartsWith(Names.OfTenant(otherTenant), StringComparison.Ordinal));
        Assert.Matches("^[a-z0-9_.-]{1,150}$", one);
    });

    [Fact]
    public void Keys_OfDifferentFacets_Differ() =>
        Gen.Select(Text, Text).Sample((facet, other) => Assert.Equal(facet == other, FacetKeys.Key(facet) == FacetKeys.Key(other)));

    [Fact]
    public void Values_FoldAlike_ExactlyWhenTheyDifferInCaseOnly() =>
        Gen.Select(Gen.String, Gen.String).Sample((value, other) =>
        {
            Assert.Equal(string.Equals(value, other, StringComparison.OrdinalIgnoreCase), FacetKeys.Fold(value) == FacetKeys.Fold(other));
            Assert.Equal(FacetKeys.Fold(value), FacetKeys.Fold(FacetKeys.Fold(value)));
        });

    [Fact]
    public void Values_OfEveryLetter_FoldLikeTheyCompare()
    {
        // Letters with one case partner or several, in and beyond the first plane.
        string[] letters = [.. Enumerable.Range(0, 0x10500).Where(value => value is < 0xD800 or > 0xDFFF).Select(char.ConvertFromUtf32)];
        foreach (var letter in letters)
        {
            foreach (var partner in (string[])[letter.ToLowerInvariant(), letter.ToUpperInvariant()])
                Assert.True(string.Equals(letter, partner, StringComparison.OrdinalIgnoreCase) == (FacetKeys.Fold(letter) == FacetKeys.Fold(partner)), $"U+{char.ConvertToUtf32(letter, 0):X4}");
        }
    }

    [Fact]
    public void Build_WithAnOddName_IsAnArgumentThatSaysSo() =>
        Assert.Contains("a-z", Assert.Throws<ArgumentException>(() => Names.Of(new VectorCollection("default", "m", "B 1"))).Message, StringComparison.Ordinal);
}
