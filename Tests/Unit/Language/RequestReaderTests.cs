using AgentRec.Domain;
using AgentRec.Language;
using AgentRec.Language.Readings;
using AgentRec.Language.Vocabularies;

namespace AgentRec.Tests.Unit.Language;

/// <summary>The parts of a reading: values, words they came from, what is left for a search, and what is not certain.</summary>
public sealed class RequestReaderTests
{
    private static readonly RequestReader Films = LabelledRequest.Readers["films"];

    [Fact]
    public void Read_OfAWholeRequest_KeepsTheWordsThatEachPartCameFrom()
    {
        var reading = Films.Read("Three thrillers like Heat but shorter, ideally under 2 hours, no horror or war - the newest", []);

        Assert.Equal(3, reading.Quantity);
        Assert.Equal([new Anchor("Heat", "like Heat")], reading.Anchors.AsEnumerable());
        Assert.Equal([new Ordering("year", IsDescending: true, "newest")], reading.Orderings.AsEnumerable());
        Assert.Equal(
            [
                new Constraint("genre", ConstraintOperator.Eq, ["Thriller"], ConstraintStrength.Hard, "thrillers"),
                new Constraint("runtime", ConstraintOperator.Lt, ["170"], ConstraintStrength.Hard, "shorter"),
                new Constraint("runtime", ConstraintOperator.Lt, ["120"], ConstraintStrength.Soft, "under 2 hours"),
                new Constraint("genre", ConstraintOperator.Ne, ["Horror"], ConstraintStrength.Hard, "no horror or war"),
                new Constraint("genre", ConstraintOperator.Ne, ["War"], ConstraintStrength.Hard, "no horror or war"),
            ],
            reading.Constraints.AsEnumerable());
        Assert.Empty(reading.NotUnderstood);
        Assert.Null(reading.Query);
    }

    [Fact]
    public void Query_OfWhatIsLeft_HoldsWantedWordsAndTitlesAlone()
    {
        var reader = new RequestReader(Vocabulary.Of([new Item("1", "Dark Kitchens", null, Item.NoFacets.Add("genre", ["Comedy"]), "A moody year without broccoli or clowns.")]));

        Assert.Equal("dark moody", reader.Read("a dark, moody comedy without broccoli", []).Query);
        Assert.Equal("kitchens", reader.Read("something about a kitchen", []).Query);
        Assert.Equal("clowns", reader.Read("without broccoli, but clowns please", []).Query);
        Assert.Equal("The Shining", Films.Read("The Shining, please", []).Query);
        Assert.Null(Films.Read("forget the zorbs", []).Query);
        Assert.Null(Films.Read("a comedy", []).Query);
    }

    [Theory]
    [InlineData("I am a farmer. What is there for me?", "farmer")]
    [InlineData("what would you say there is for us to see tonight, please", null)]
    [InlineData("under 500 somethings, at least", "under 500|somethings|least")]
    [InlineData("ich möchte eine lustige Komödie sehen", "ich möchte eine lustige Komödie sehen")]
    [InlineData("je voudrais quelque chose pour ma mémé", "je voudrais quelque chose pour ma mémé")]
    [InlineData("что-нибудь весёлое", "что-нибудь весёлое")]
    [InlineData("なにか面白い映画", "なにか面白い映画")]
    public void Query_OfWordsThatNoItemHas_IsNothing(string message, string? unread)
    {
        // Titles and descriptions are full of the words that every sentence has.
        var items = LabelledRequest.Items("films").Add(new Item(
            "chatter", "What is there for me: la vida de una ma, pour ich und eine", null, Item.NoFacets, "There is a lot for us to see at least once in 500 years, what would you say?"));

        var reading = new RequestReader(Vocabulary.Of(items)).Read(message, []);

        Assert.Null(reading.Query);
        Assert.Equal(unread is null, reading.SaysNothingInParticular);
        Assert.Equal(unread ?? "", string.Join('|', reading.NotUnderstood));
    }

    [Theory]
    [InlineData("no alligators or horror", "genre != Horror", "no alligators")]
    [InlineData("no horror or alligators", "genre != Horror", "alligators")]
    [InlineData("no horror or giant alligators please", "genre != Horror", "giant alligators")]
    [InlineData("I hate horror, alligators and zombies", "genre != Horror", "alligators|zombies")]
    [InlineData("don't show me alligators, zombies or musicals", "genre != Musical", "don't show me alligators|zombies")]
    [InlineData("without alligators, a comedy", "genre = Comedy", "without alligators")]
    [InlineData("no alligators and a comedy", "genre = Comedy", "no alligators")]
    [InlineData("without horror and with Tom Hanks", "genre != Horror|actor = Tom Hanks", "")]
    public void Read_OfAListOfWhatIsNotWanted_WantsNoneOfIt(string message, string constraints, string unread)
    {
        var items = LabelledRequest.Items("films").Add(new Item("swamp", "Giant Zombies against Alligators", null, Item.NoFacets, null));

        var reading = new RequestReader(Vocabulary.Of(items)).Read(message, []);

        Assert.Equal(constraints, string.Join('|', reading.Constraints.Select(one => $"{one.Facet} {(one.Op is ConstraintOperator.Ne ? "!=" : "=")} {one.Values.Single()}")));
        Assert.Equal(unread, string.Join('|', reading.NotUnderstood));
        Assert.Null(reading.Query);
    }

    [Theory]
    [InlineData("anything by Ridley Scott except Alien", "director = Ridley Scott|item != Alien", "")]
    [InlineData("not Heat or Alien", "item != Heat|item != Alien", "")]
    [InlineData("not the first or the second", "item != Heat|item != Alien", "")]
    [InlineData("not the second, and the first one was too old", "item != Alien|year > 1995", "")]
    [InlineData("not the first or the ninth", "", "not the first or the ninth")]
    [InlineData("I've seen Heat and Alien", "item != Heat|item != Alien", "")]
    [InlineData("i already own Toy Story", "item != Toy Story", "")]
    [InlineData("I already watched heat", "item != Heat", "")]
    [InlineData("no heat please", "", "no heat")]
    [InlineData("not up", "", "not")]
    public void Read_OfItemsThatAreNotWanted_LeavesThemOut(string message, string constraints, string unread)
    {
        var reading = Films.Read(message, ["Heat", "Alien"]);

        Assert.Equal(constraints, string.Join('|', reading.Constraints.Select(one => $"{one.Facet} {one.Op switch { ConstraintOperator.Ne => "!=", ConstraintOperator.Gt => ">", _ => "=" }} {one.Values.Single()}")));
        Assert.Equal(unread, string.Join('|', reading.NotUnderstood));
        Assert.Empty(reading.Titles);
        Assert.Null(reading.Query);
    }

    [Theory]
    [InlineData("must not be longer than 100 min", "runtime <= 100", "")]
    [InlineData("I do not want to watch something longer than 2 hours", "runtime <= 120", "")]
    [InlineData("it must not be longer than Heat", "runtime <= 170", "")]
    [InlineData("more horror, less war", "genre = Horror", "less war")]
    [InlineData("not only comedies", "", "not only comedies")]
    [InlineData("not necessarily a comedy", "", "not necessarily a comedy")]
    [InlineData("nothing but comedies", "genre = Comedy", "nothing")]
    public void Read_OfLessAndNot_IsNeverTheOpposite(string message, string constraints, string unread)
    {
        var reading = Films.Read(message, []);

        Assert.Equal(constraints, string.Join('|', reading.Constraints.Select(one => $"{one.Facet} {(one.Op is ConstraintOperator.Le ? "<=" : "=")} {one.Values.Single()}")));
        Assert.Equal(unread, string.Join('|', reading.NotUnderstood));
        Assert.Null(reading.Query);
    }

    [Theory]
    [InlineData("we are four friends on a couch", null)]
    [InlineData("my three kids want a cartoon", null)]
    [InlineData("at least an 8", null)]
    [InlineData("looking for three thrillers", 3)]
    [InlineData("give me 5", 5)]
    public void Read_OfANumber_CountsWhatIsWantedAlone(string message, int? quantity) => Assert.Equal(quantity, Films.Read(message, []).Quantity);

    [Theory]
    [InlineData("by Anderson", "Anderson")]
    [InlineData("by Nolan", null)]
    [InlineData("by Nolen", "Nolen")]
    [InlineData("by Christopher Nolen", null)]
    [InlineData("Clint Eastwood", "Clint Eastwood")]
    public void Read_OfAName_IsCertainOrNamesTheDoubt(string message, string? doubt)
    {
        var reading = Films.Read(message, []);

        Assert.Equal(doubt is null ? 1 : 0, reading.Constraints.Length);
        Assert.Equal(doubt is null ? [] : [doubt], reading.NotUnderstood.Select(words => words.Replace("by ", "", StringComparison.Ordinal)));
    }

    [Fact]
    public void Read_OfAMisspeltWordWithTwoNeighbours_NamesIt()
    {
        var reader = ReaderOf(("genre", ["Action", "Auction"]));

        Assert.Equal(["Action"], Assert.Single(reader.Read("action", []).Constraints).Values.AsEnumerable());
        Assert.Equal(["aaction"], ReaderOf(("genre", ["Action", "Raction", "Aaktion"])).Read("aaction", []).NotUnderstood.AsEnumerable());
    }

    [Fact]
    public void Read_OfAValueThatTwoFacetsHave_NamesItUnlessTheFacetIsSaid()
    {
        var reader = ReaderOf(("colour", ["Cream", "Blue"]), ("flavour", ["Cream", "Mint"]));

        Assert.Equal(["cream"], reader.Read("cream", []).NotUnderstood.AsEnumerable());
        Assert.Equal("flavour", Assert.Single(reader.Read("flavour: cream", []).Constraints).Facet);
        Assert.Equal("colour", Assert.Single(reader.Read("the colour should be cream", []).Constraints).Facet);
    }

    [Fact]
    public void Read_OfAValueWithASlash_KnowsItsSides() =>
        Assert.Equal(["Thriller/Suspense"], Assert.Single(ReaderOf(("genre", ["Thriller/Suspense", "Drama"])).Read("thrillers", []).Constraints).Values.AsEnumerable());

    [Fact]
    public void Read_OfUnits_SpeaksInTheFacetsOwn()
    {
        var hours = ReaderOf(("runtimeHours", ["1.5", "2"]));
        var grams = ReaderOf(("weightGrams", ["250"]));

        Assert.Equal("1.5", Assert.Single(Assert.Single(hours.Read("under 90 minutes", []).Constraints).Values));
        Assert.Equal("1500", Assert.Single(Assert.Single(grams.Read("at most 1.5 kg", []).Constraints).Values));
    }

    [Fact]
    public void Read_OverAnEmptyCatalogue_NamesEverythingThatMeansSomething()
    {
        var reader = new RequestReader(Vocabulary.Of([]));

        Assert.Equal(["comedy", "under 2 hours"], reader.Read("a comedy under 2 hours", ["x"]).NotUnderstood.AsEnumerable());
        Assert.Equal(RequestReading.Nothing.Constraints.AsEnumerable(), reader.Read("", []).Constraints);
    }

    [Fact]
    public void Read_OfAPlaceThatWasNotShown_NamesTheWords()
    {
        Assert.Equal(["the second one was too long"], Films.Read("the second one was too long", []).NotUnderstood.AsEnumerable());
        Assert.Equal(["more like the third"], Films.Read("more like the third", ["Heat", "Alien"]).NotUnderstood.AsEnumerable());
    }

    private static RequestReader ReaderOf(params (string Facet, string[] Values)[] facets) => new(Vocabulary.Of(
        [.. facets.SelectMany(facet => facet.Values.Select(value => new Item(
            $"{facet.Facet} {value}", $"Number {value} of {facet.Facet}", null, Item.NoFacets.Add(facet.Facet, [value]), null)))]));
}
