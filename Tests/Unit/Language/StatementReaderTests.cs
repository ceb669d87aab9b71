using AgentRec.Domain;
using AgentRec.Language;
using AgentRec.Language.Statements;
using AgentRec.Language.Vocabularies;

namespace AgentRec.Tests.Unit.Language;

/// <summary>What users say about tastes, over a small catalogue of films.</summary>
public sealed class StatementReaderTests
{
    private static readonly Item[] Items =
    [
        Film("heat", "Heat", ["Crime", "Thriller"], "R", "Michael Mann"),
        Film("alien", "Alien", ["Horror", "Science Fiction"], "R", "Ridley Scott"),
        Film("up", "Up", ["Animation", "Comedy", "Children"], "PG", "Pete Docter"),
        Film("shane", "Shane", ["Western", "Drama"], "PG-13", "George Stevens"),
        Film("shame", "Shame", ["Drama", "Romance"], "NC-17", "Steve McQueen"),
    ];

    private static readonly StatementReader Reader = new(new RequestReader(Vocabulary.Of(Items)), Items);

    [Theory]
    [InlineData("I no longer watch horror", "genre Horror Never")]
    [InlineData("no more horror films please", "genre Horror Never")]
    [InlineData("I hate westerns!", "genre Western Never")]
    [InlineData("Please stop showing me romance", "genre Romance Never")]
    [InlineData("I can't stand animation", "genre Animation Never")]
    [InlineData("never show me anything rated NC-17", "maturity NC-17 Never")]
    [InlineData("I don't like comedies", "genre Comedy Dislike")]
    [InlineData("I really do not like comedies", "genre Comedy Dislike")]
    [InlineData("fewer dramas", "genre Drama Dislike")]
    [InlineData("I'm tired of thrillers lately", "genre Thriller Dislike")]
    [InlineData("not a fan of Ridley Scott", "director Ridley Scott Dislike")]
    [InlineData("westerns bore me", "genre Western Dislike")]
    [InlineData("I love westerns and crime", "genre Western Like; genre Crime Like")]
    [InlineData("more science fiction", "genre Science Fiction Like")]
    [InlineData("I'm getting into films by Michael Mann", "director Michael Mann Like")]
    [InlineData("horror is fine again", "genre Horror Neutral")]
    [InlineData("forget that I like dramas", "genre Drama Neutral")]
    [InlineData("I don't mind romance", "genre Romance Neutral")]
    [InlineData("I no longer hate thrillers", "genre Thriller Neutral")]
    [InlineData("I love comedies but not horror", "genre Comedy Like; genre Horror Never")]
    [InlineData("I no longer watch horror. I like dramas, less crime.", "genre Horror Never; genre Drama Like; genre Crime Dislike")]
    [InlineData("I love westerns. Actually, I hate westerns", "genre Western Never; unread Actually")]
    [InlineData("I like Heat", "item heat Like")]
    [InlineData("I don't like zorbs", "unread zorbs")]
    [InlineData("my kids use this account on weekends", "maturity NC-17 Never; maturity R Never; unread on weekends")]
    [InlineData("our daughter watches with us", "maturity NC-17 Never; maturity R Never; unread with us")]
    [InlineData("I love films for children", "genre Children Like")]
    [InlineData("The weather is nice", "unread weather is nice")]
    [InlineData("", "")]
    [InlineData("?!...", "")]
    [InlineData("never", "unread never")]
    [InlineData("I love westerns, and horror bores me", "genre Western Like; genre Horror Dislike")]
    public void Read_OfAStatement_GivesExactlyWhatItSays(string text, string expected)
    {
        var reading = Reader.Read(text);
        Assert.Equal(
            expected,
            string.Join("; ", reading.Corrections.Select(one => $"{one.Facet} {one.Value} {one.Attitude}").Concat(reading.NotUnderstood.Select(words => $"unread {words}"))));
        Assert.All(reading.NotUnderstood, words => Assert.Contains(words, text, StringComparison.Ordinal));
    }

    [Fact]
    public void Read_OfALongText_TakesTimeByItsLengthAlone()
    {
        var reading = Reader.Read(string.Concat(Enumerable.Repeat("I no longer love not never hate horror and ", 2_000)));
        Assert.NotEmpty(reading.Corrections);
    }

    private static Item Film(string id, string title, string[] genres, string maturity, string director) => new(
        id, title, null, Item.NoFacets.Add("genre", [.. genres]).Add("maturity", [maturity]).Add("director", [director]), null);
}
