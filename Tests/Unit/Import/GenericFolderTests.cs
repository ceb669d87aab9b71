using System.Text;
using AgentRec.Domain;
using AgentRec.Import;

namespace AgentRec.Tests.Unit.Import;

public sealed class GenericFolderTests : IDisposable
{
    private const string Header = "userId,itemId,type,value,timestamp\n";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Items_CsvWithFacets_AreReadInOrder()
    {
        _folder.Write("items.csv", "\uFEFFitemId,title,provider,text,genre,year\r\na/1,\"One, \"\"two\"\"\nthree\",acme,words,Drama|Comedy,1994\r\n🎬 x,,,,,\r\n");
        var content = FolderContent.Of(_folder);
        Assert.Equal([], content.Rejected);
        Assert.Equal("a/1 🎬 x", content.ItemIds);
        Assert.Equal("One, \"two\"\nthree", content.Items[0].Title);
        Assert.Equal("acme", content.Items[0].Provider);
        Assert.Equal("words", content.Items[0].Text);
        Assert.Equal("Drama|Comedy", FolderContent.Facet(content.Items[0], "genre"));
        Assert.Equal("1994", FolderContent.Facet(content.Items[0], "year"));
        Assert.Equal("🎬 x", content.Items[1].Title);
        Assert.Empty(content.Items[1].Facets);
        Assert.Null(content.Items[1].Provider);
    }

    [Fact]
    public void Items_JsonLines_TakeValuesOrArraysAndNumbers()
    {
        _folder.Write("items.jsonl", """
            {"itemId":"a","title":"A","facets":{"genre":["Drama","War"],"year":1994,"price":9.5,"none":[],"gone":null}}

            {"title":"B","itemId":"b"}
            """);
        var content = FolderContent.Of(_folder);
        Assert.Equal([], content.Rejected);
        Assert.Equal("genre price year", string.Join(' ', content.Items[0].Facets.Keys));
        Assert.Equal("Drama|War", FolderContent.Facet(content.Items[0], "genre"));
        Assert.Equal("1994", FolderContent.Facet(content.Items[0], "year"));
        Assert.Equal("9.5", FolderContent.Facet(content.Items[0], "price"));
        Assert.Same(Item.NoFacets.KeyComparer, content.Items[1].Facets.KeyComparer);
        Assert.Empty(content.Items[1].Facets);
    }

    [Fact]
    public void Items_BadJsonLines_AreRejectedWithTheirLines()
    {
        _folder.Write("items.jsonl", "{\"itemId\":\"a\",\"title\":\"A\"}\nnot json\n{\"title\":\"no id\"}\n[]\nnull\n{\"itemId\":7}\n{\"itemId\":\"a\"}\n{\"itemId\":\"b\",\"facets\":{\"x\":{}}}\n{\"itemId\":\"c\"}");
        var content = FolderContent.Of(_folder);
        Assert.Equal("a c", content.ItemIds);
        Assert.Equal([2, 3, 4, 5, 6, 7, 8], Lines(content, "items.jsonl"));
        Assert.Contains("item 'a' is stated twice", content.Rejected[5], StringComparison.Ordinal);
        Assert.Contains("$.facets", content.Rejected[6], StringComparison.Ordinal);
    }

    [Fact]
    public void Interactions_EveryKindOfBadField_IsRejectedAndTheRestKept()
    {
        _folder.Write("interactions.csv", "interactionId," + Header
            + "i1,u,a,rate,4.5,1700000000\n"
            + "i2,u,a,rate,9,1700000000\n"
            + "i3,u,a,rate,,1700000000\n"
            + "i4,u,a,rate,NaN,1700000000\n"
            + "i5,u,a,view,1e400,1700000000\n"
            + "i6,u,a,view,many,1700000000\n"
            + "i7,u,a,0,1,1700000000\n"
            + "i8,u,a,view,1,-5\n"
            + "i9,u,a,view,1,1700000000000000000000\n"
            + "i10,u,a,view,1,NaN\n"
            + "i11,u,a,view,1,yesterday\n"
            + "i12,,a,view,1,\n"
            + "i13,u," + new string('x', 300) + ",view,1,\n"
            + "i14,u,a,view\n"
            + "i15,u,a\u0001,view,,\n"
            + "i16,u,a,VIEW,,2023-11-14T22:13:20Z\n");
        var content = FolderContent.Of(_folder);
        Assert.Equal("i1 i16", content.InteractionIds);
        Assert.Equal(Enumerable.Range(3, 14).Select(line => (long)line), Lines(content, "interactions.csv"));
        Assert.Equal(content.Interactions[0].Timestamp, content.Interactions[1].Timestamp);
        Assert.Equal(new Interaction("i1", "u", "a", InteractionType.Rate, 4.5, DateTimeOffset.FromUnixTimeSeconds(1_700_000_000)), content.Interactions[0]);
        Assert.Contains("value must be a rating from 0.5 to 5", content.Rejected[0], StringComparison.Ordinal);
        Assert.Contains("userId must not be empty", content.Rejected[10], StringComparison.Ordinal);
        Assert.Contains("has 4 columns, not 6", content.Rejected[12], StringComparison.Ordinal);
    }

    [Fact]
    public void Interactions_WithoutIds_DeriveDistinctAndRepeatableOnes()
    {
        _folder.Write("interactions.csv", Header + "a/b,c,view,,1\na,b/c,view,,1\na,b/c,view,,2\na,b/c,like,,2\na,b/c,like,,\n" + new string('u', 128) + "," + new string('i', 128) + ",view,,\n");
        var content = FolderContent.Of(_folder);
        Assert.Equal([], content.Rejected);
        Assert.Equal(6, content.Interactions.Select(interaction => interaction.InteractionId).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal("view/a%2Fb/c/1000", content.Interactions[0].InteractionId);
        Assert.All(content.Interactions, interaction => Assert.Null(interaction.Problem()));
    }

    [Fact]
    public void Interactions_JsonLines_AreReadAndChecked()
    {
        _folder.Write("interactions.jsonl", """
            {"userId":"u","itemId":"a","type":"rate","value":4,"timestamp":1700000000}
            {"userId":"u","itemId":"a","type":"rate","value":"4"}
            {"userId":"u","itemId":"a","type":"stare"}
            {"userId":"u","itemId":"a","type":"view","timestamp":"1960-01-01"}
            {"userId":"u","itemId":"a","type":"view","timestamp":"2024-01-01T00:00:00+02:00"}
            """);
        var content = FolderContent.Of(_folder);
        Assert.Equal("rate/u/a/1700000000000 view/u/a/1704060000000", content.InteractionIds);
        Assert.Equal([2, 3, 4], Lines(content, "interactions.jsonl"));
    }

    [Fact]
    public void Records_BrokenEncodingAndNul_AreRejectedAlone()
    {
        _folder.Write("items.csv", [.. "itemId,title\na,A\nb,"u8, 0xC3, 0x28, .. "\nc,C"u8, 0, .. "\nd,D\n"u8]);
        var content = FolderContent.Of(_folder);
        Assert.Equal("a d", content.ItemIds);
        Assert.Equal(["items.csv:3: is not valid UTF-8", "items.csv:4: holds a NUL byte"], content.Rejected);
    }

    [Fact]
    public void Records_StrayQuotes_LoseOnlyTheirOwnLines()
    {
        _folder.Write("items.csv", "itemId,title\na,\"A\nb,\"B\"\nc,C \"quoted\" inside\nd,\"D\"x\ne,\"E\"\nf,\"F");
        var content = FolderContent.Of(_folder);
        Assert.Equal("b c e", content.ItemIds);
        Assert.Equal(
            ["items.csv:2: has an unbalanced quote", "items.csv:5: has an unbalanced quote", "items.csv:7: has an unbalanced quote"], content.Rejected);
    }

    [Fact]
    public void Records_QuoteThatJoinsTwoLines_GivesUpOnlyTheFirst()
    {
        _folder.Write("items.csv", "itemId,title\na,\"A,\nb,B\",\nc,C\n");
        var content = FolderContent.Of(_folder);
        Assert.Equal("c", content.ItemIds);
        Assert.Equal(["items.csv:2: has 3 columns, not 2", "items.csv:3: has 3 columns, not 2"], content.Rejected);
    }

    [Theory]
    [InlineData("items.csv")]
    [InlineData("items.jsonl")]
    public void Records_LineOf100Megabytes_IsSkippedInBoundedMemory(string name)
    {
        var json = name.EndsWith("jsonl", StringComparison.Ordinal);
        using (var file = File.Create(Path.Combine(_folder.Path, name)))
        {
            file.Write(json ? "{\"itemId\":\"a\"}\n{\"itemId\":\""u8 : "itemId,title\na,A\nb,\""u8);
            var block = Encoding.ASCII.GetBytes(new string('x', 1 << 20));
            for (var i = 0; i < 100; i++)
                file.Write(block);
            file.Write(json ? "\"}\n{\"itemId\":\"c\"}\n"u8 : "\"\nc,C\n"u8);
        }
        var before = GC.GetAllocatedBytesForCurrentThread();
        var content = FolderContent.Of(_folder);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal("a c", content.ItemIds);
        Assert.Equal([$"{name}:{(json ? 2 : 3)}: is longer than 1048576 bytes"], content.Rejected);
        Assert.True(allocated < 16 << 20, $"{allocated} bytes were allocated");
    }

    [Theory]
    [InlineData("", "items.csv: is empty")]
    [InlineData("title,genre\nA,Drama\n", "items.csv:1: the header lacks the column 'itemId'")]
    [InlineData("itemId,genre,Genre\na,b,c\n", "items.csv:1: the header names the column 'Genre' twice")]
    [InlineData("itemId,\na,b\n", "items.csv:1: column 2 of the header has no name")]
    public void Header_Unusable_IsReportedOnce(string file, string report)
    {
        _folder.Write("items.csv", file);
        var content = FolderContent.Of(_folder);
        Assert.Empty(content.Items);
        Assert.StartsWith(report, Assert.Single(content.Rejected), StringComparison.Ordinal);
    }

    [Fact]
    public void Header_Utf16_SaysSo()
    {
        _folder.Write("items.csv", Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes("itemId\na\n")).ToArray());
        Assert.Equal(["items.csv: is UTF-16: save it as UTF-8"], FolderContent.Of(_folder).Rejected);
    }

    [Fact]
    public void Folder_InPlaceOfAFile_IsReported()
    {
        Directory.CreateDirectory(Path.Combine(_folder.Path, "items.csv"));
        _folder.Write("interactions.csv", Header + "u,a,view,,\n");
        var content = FolderContent.Of(_folder);
        Assert.Equal(["items.csv: is a folder, not a file"], content.Rejected);
        Assert.Single(content.Interactions);
    }

    [Fact]
    public void Open_NothingKnown_NamesTheFolderAndTheRemedy()
    {
        _folder.Write("readme.txt", "");
        var exception = Assert.Throws<DataFolderException>(() => DataFolder.Open(_folder.Path));
        Assert.Contains(_folder.Path, exception.Message, StringComparison.Ordinal);
        Assert.Throws<DataFolderException>(() => DataFolder.Open(Path.Combine(_folder.Path, "missing")));
    }

    [Fact]
    public void Open_TwoLayouts_AsksForTheFormat()
    {
        _folder.Write("items.csv", "itemId\na\n");
        _folder.Write("ratings.csv", "userId,movieId,rating,timestamp\n");
        Assert.Throws<DataFolderException>(() => DataFolder.Open(_folder.Path));
        Assert.Equal("generic", DataFolder.Open(_folder.Path, DataFormat.Generic).Layout);
        Assert.Equal("MovieLens csv", DataFolder.Open(_folder.Path, DataFormat.MovieLens).Layout);
        _folder.Write("items.jsonl", "{}");
        Assert.Throws<DataFolderException>(() => DataFolder.Open(_folder.Path, DataFormat.Generic));
    }

    [Fact]
    public void ReadAll_WithoutItems_InventsThem()
    {
        _folder.Write("interactions.csv", Header + "u,b,view,,1\nu,a,view,,2\nu,b,view,,1\nu,b,view,3,1\n");
        var rejected = new List<RejectedRow>();
        var data = DataFolder.Open(_folder.Path).ReadAll(rejected.Add);
        Assert.Equal(["b", "a"], data.Items.Select(item => item.Title));
        Assert.Equal(2, data.Interactions.Count);
        Assert.Equal(5, Assert.Single(rejected).Line);
    }

    [Fact]
    public void ReadAll_UnknownItem_IsRejected()
    {
        _folder.Write("items.csv", "itemId\na\n");
        _folder.Write("interactions.csv", Header + "u,b,view,,1\nu,a,view,,2\n");
        var rejected = new List<RejectedRow>();
        var data = DataFolder.Open(_folder.Path).ReadAll(rejected.Add);
        Assert.Equal("a", Assert.Single(data.Interactions).ItemId);
        Assert.Equal([new RejectedRow("interactions.csv", 2, "unknown item 'b'")], rejected);
    }

    private static IEnumerable<long> Lines(FolderContent content, string file)
    {
        foreach (var row in content.Rejected)
        {
            Assert.StartsWith(file + ":", row, StringComparison.Ordinal);
            yield return long.Parse(row.Split(':')[1]);
        }
    }
}
