using System.Text;
using AgentRec.Domain;

namespace AgentRec.Tests.Unit.Import;

public sealed class MovieLensTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Csv_FilmsRatingsAndTags_BecomeItemsAndInteractions()
    {
        _folder.Write("movies.csv", "movieId,title,genres\n1,Toy Story (1995),Adventure|Animation\n2,\"Matrix, The (1999)\",(no genres listed)\n3,Undated,Drama\n4,Range (2006–2007),Drama\n");
        _folder.Write("ratings.csv", "userId,movieId,rating,timestamp\n1,1,4.0,964982703\n1,2,0,1\n1,2,5.5,1\n");
        _folder.Write("tags.csv", "userId,movieId,tag,timestamp\n1,1,Fun,1\n2,1, pixar ,1\n3,1,PIXAR,1\n3,1,,1\n3,77,odd,1\n");
        var content = FolderContent.Of(_folder);
        Assert.Equal("1 2 3 4", content.ItemIds);
        var toyStory = content.Items[0];
        Assert.Equal("Toy Story (1995)", toyStory.Title);
        Assert.Equal("Adventure|Animation", FolderContent.Facet(toyStory, FacetNames.Genre));
        Assert.Equal("1995", FolderContent.Facet(toyStory, FacetNames.Year));
        Assert.Equal("pixar|fun", FolderContent.Facet(toyStory, "tag"));
        Assert.Equal("pixar, fun", toyStory.Text);
        Assert.Equal("Matrix, The (1999)", content.Items[1].Title);
        Assert.Empty(content.Items[1].Values(FacetNames.Genre));
        Assert.Empty(content.Items[2].Values(FacetNames.Year));
        Assert.Equal("2006", FolderContent.Facet(content.Items[3], FacetNames.Year));
        Assert.Equal(
            [new Interaction("rate/1/1/964982703000", "1", "1", InteractionType.Rate, 4, DateTimeOffset.FromUnixTimeSeconds(964_982_703))], content.Interactions);
        Assert.Equal(["tags.csv:5", "tags.csv:6", "ratings.csv:3", "ratings.csv:4"], content.Rejected.Select(row => row[..row.LastIndexOf(": ", StringComparison.Ordinal)]));
    }

    [Fact]
    public void OneHundredK_FlagsAndLatin1_AreUnderstood()
    {
        _folder.Write("u.item", Encoding.Latin1.GetBytes(
            "1|Misérables, Les (1995)|01-Jan-1995||http://x|0|1|0|0|0|0|0|0|1|0|0|0|0|0|0|0|0|0|0\n2|unknown||||1|0|0|0|0|0|0|0|0|0|0|0|0|0|0|0|0|0|0\n3|Odd|04-Feb-1971|||0|0|0|0|0|1|0|0|0|0|0|0|0|0|0|0|0|0|0\n4|short\n"));
        _folder.Write("u.data", "196\t1\t3\t881250949\n196\t3\t6\t881250949\n196\t3\n");
        var content = FolderContent.Of(_folder);
        Assert.Equal("1 2 3", content.ItemIds);
        Assert.Equal("Misérables, Les (1995)", content.Items[0].Title);
        Assert.Equal("Action|Drama", FolderContent.Facet(content.Items[0], FacetNames.Genre));
        Assert.Empty(content.Items[1].Facets);
        Assert.Equal("1971", FolderContent.Facet(content.Items[2], FacetNames.Year));
        Assert.Equal("rate/196/1/881250949000", content.InteractionIds);
        Assert.Equal(3, content.Rejected.Count);
    }

    [Fact]
    public void OneM_DoubleColons_AreUnderstood()
    {
        _folder.Write("movies.dat", Encoding.Latin1.GetBytes("1::Toy Story (1995)::Animation|Children's\n2::Cité: one:two (2000)::Drama\n3::x\n"));
        _folder.Write("ratings.dat", "1::2::5::978300760\r\n1::2::5\r\n");
        var content = FolderContent.Of(_folder);
        Assert.Equal("1 2", content.ItemIds);
        Assert.Equal("Cité: one:two (2000)", content.Items[1].Title);
        Assert.Equal("Animation|Children's", FolderContent.Facet(content.Items[0], FacetNames.Genre));
        Assert.Equal("rate/1/2/978300760000", content.InteractionIds);
        Assert.Equal(["movies.dat:3: has 2 columns, not 3", "ratings.dat:2: has 3 columns, not 4"], content.Rejected);
    }

    [Fact]
    public void Csv_MissingRatings_IsReported()
    {
        _folder.Write("movies.csv", "movieId,title,genres\n1,A,Drama\n");
        var content = FolderContent.Of(_folder);
        Assert.Single(content.Items);
        Assert.Equal(["ratings.csv: is missing"], content.Rejected);
    }

    [SharedDataFact]
    public void LatestSmall_Whole_IsReadWithoutObjection()
    {
        var rejected = new List<RejectedRow>();
        var data = AgentRec.Import.DataFolder.Open(Path.Combine(SharedData.Root, "ml-latest-small")).ReadAll(rejected.Add);
        Assert.Equal([], rejected);
        Assert.Equal(9742, data.Items.Count);
        Assert.Equal(100_836, data.Interactions.Count);
        Assert.Equal(610, data.Interactions.Select(interaction => interaction.UserId).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(1572, data.Items.Count(item => item.Facets.ContainsKey("tag")));
        Assert.All(data.Items.Take(100), item => Assert.NotEmpty(item.Values(FacetNames.Year)));
    }
}
