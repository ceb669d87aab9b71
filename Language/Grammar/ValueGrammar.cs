using System.Collections.Frozen;
using System.Collections.Immutable;
using AgentRec.Language.Vocabularies;
using Superpower;
using Superpower.Model;
using static AgentRec.Language.Grammar.Pieces;

namespace AgentRec.Language.Grammar;

/// <summary>Values of facets, one or several, with the words before them that tell which facet is meant.</summary>
internal static class ValueGrammar
{
    private static readonly CueTable<ImmutableArray<string>> Cues = new(
        ("directed by|director", ["director"]),
        ("written by|author", ["author", "writer"]),
        ("by|made by|from", ["director", "author", "writer", "artist", "brand", "manufacturer", "maker", "country", "publisher", "studio"]),
        ("published by", ["publisher"]),
        ("starring|featuring|with|played by|without", ["actor", "actors", "cast", "star", "stars"]),
        ("about|on|dealing with", ["subject", "theme", "topic", "keyword", "tag"]),
        ("in", ["language", "format", "colour", "color", "material", "country"]),
        ("made of|made from|made out of", ["material"]),
        ("rated", ["maturity"]));

    /// <summary>Words that are too common to be a value by themselves, whatever a catalogue may hold.</summary>
    private static readonly FrozenSet<string> Function = (
        "a an the some any i im id ive me my mine we us our you your he she it its this that these those them they there here and or nor but if than then so now just only " +
        "of in on at to for from by with about as into out up off over through no not like other one ones all more most less least new old first last second do does did is are was were be " +
        "have has had can could would will what which who when where how under after before since good best").Split(' ').ToFrozenSet(StringComparer.Ordinal);

    private const int LongestList = 12;

    private static readonly TokenListParser<Lexeme, Lexeme> Articles = AnyOf("a an the some any really very more");

    /// <summary>A value by itself; a surname or a common word only where the words before it call for one.</summary>
    private static TokenListParser<Lexeme, NamedValue> Value(ImmutableArray<string> facets, bool isCalledFor) => input =>
    {
        var next = input.ConsumeToken();
        if (!next.HasValue || next.Value.Kind.Value is not { } match)
            return TokenListParserResult.Empty<Lexeme, NamedValue>(input);
        // Many a common word is a letter away from somebody's name.
        ImmutableArray<FacetValue> meanings = isCalledFor && !match.IsCorrected ? match.Meanings : [.. match.Meanings.Where(meaning => meaning.Ground is not Ground.Surname)];
        if (meanings.IsEmpty || (!isCalledFor && match.Length == 1 && (Function.Contains(next.Value.Kind.Text) || next.Value.Kind.Text.Length < 2)))
            return TokenListParserResult.Empty<Lexeme, NamedValue>(input);
        var (rest, last) = (input, next.Value.Kind);
        for (var word = 0; word < match.Length; word++)
        {
            last = rest.ConsumeToken().Value.Kind;
            rest = rest.ConsumeToken().Remainder;
        }
        return TokenListParserResult.Value(new NamedValue(match with { Meanings = meanings }, facets, IsPlural: last.Text != last.Word.Stem), input, rest);
    };

    private static readonly TokenListParser<Lexeme, NamedValue> AfterCue =
        from facets in Phrase(Cues)
        from articles in Articles.UpTo(2)
        from value in Value(facets, isCalledFor: true)
        select value;

    /// <summary>A value after the name of its facet: "genre: horror", "the colour should be red".</summary>
    private static readonly TokenListParser<Lexeme, NamedValue> AfterFacet =
        from facet in LimitGrammar.Facet
        from links in Next(one => one.Text is "is" or "are" or "be" or "should" or "must" or ":" or "of" or "has" or "have" or "to" or "can").UpTo(4)
        from value in Value([facet], isCalledFor: true)
        where value.Match.Meanings.Any(meaning => string.Equals(meaning.Facet, facet, StringComparison.Ordinal))
        select value;

    /// <summary>One value.</summary>
    public static readonly TokenListParser<Lexeme, NamedValue> One = First(AfterCue, AfterFacet, Value([], isCalledFor: false));

    private static readonly TokenListParser<Lexeme, bool> Comma = Next(one => one.Text is ",").Maybe();

    private static readonly TokenListParser<Lexeme, (Junction Junction, NamedValue Value)> Joined =
        from comma in Comma
        from link in AnyOf("or and nor")
        from articles in Articles.UpTo(2)
        from value in One
        select (link.Text is "and" ? Junction.And : Junction.Or, value);

    private static readonly TokenListParser<Lexeme, NamedValue> Listed =
        from comma in Next(one => one.Text is ",")
        from articles in Articles.UpTo(2)
        from value in One
        select value;

    /// <summary>Values that belong together: "comedy, drama or romance".</summary>
    public static readonly TokenListParser<Lexeme, Values> Several = Listing(Listed, Joined);

    /// <summary>A value that belongs to one that is not wanted: "no horror and with Tom Hanks" and "no horror and a comedy" go on with a wish.</summary>
    private static readonly TokenListParser<Lexeme, (Junction Junction, NamedValue Value)> JoinedUnwanted = First(
        from comma in Comma
        from link in AnyOf("or nor")
        from articles in Articles.UpTo(2)
        from value in One
        select (Junction.Or, value),
        from comma in Comma
        from link in AnyOf("and")
        from value in Value([], isCalledFor: false)
        select (Junction.And, value));

    private static readonly TokenListParser<Lexeme, NamedValue> ListedUnwanted =
        from comma in Next(one => one.Text is ",")
        from value in One
        select value;

    /// <summary>Values that are not wanted: "horror, war or westerns", behind what says so.</summary>
    public static readonly TokenListParser<Lexeme, Values> SeveralUnwanted = Listing(ListedUnwanted, JoinedUnwanted).Select(values => values with { IsNegated = true });

    private static TokenListParser<Lexeme, Values> Listing(TokenListParser<Lexeme, NamedValue> following, TokenListParser<Lexeme, (Junction Junction, NamedValue Value)> last) => First(
        from first in One
        from listed in following.Repeated(LongestList)
        from joined in last.Repeated(LongestList)
        where joined.Length > 0
        select new Values([first, .. Handed(first, listed), .. Handed(first, joined.Select(one => one.Value))], joined[^1].Junction, IsNegated: false),
        One.Select(value => new Values([value], Junction.None, IsNegated: false)));

    /// <summary>What the words before the first value tell holds for the others: "starring Pacino and De Niro".</summary>
    private static IEnumerable<NamedValue> Handed(NamedValue first, IEnumerable<NamedValue> others) =>
        others.Select(other => other.Facets.IsEmpty ? other with { Facets = first.Facets } : other);
}
