using System.Collections.Immutable;
using AgentRec.Domain;
using AgentRec.Language.Text;

namespace AgentRec.Language.Vocabularies;

/// <summary>Makes the table of what phrases mean as values: the values themselves, sides of a slash, synonyms, surnames.</summary>
internal static class ValueTable
{
    /// <summary>Longer values are sentences, which nobody says word by word.</summary>
    private const int LongestValue = 8;

    private const int ShortestSurname = 3;

    /// <summary>The facets that the system itself reads first: of two facets with one value these are meant.</summary>
    private static readonly ImmutableArray<string> Telling = [FacetNames.Genre, "category"];

    private static readonly ImmutableArray<string> People =
        ["director", "author", "actor", "actors", "cast", "writer", "artist", "narrator", "composer", "creator", "illustrator", "star", "stars"];

    /// <summary>Makes the table.</summary>
    /// <param name="columns">The facets with words for values.</param>
    public static PhraseTable<FacetValue> Of(IEnumerable<FacetColumn> columns)
    {
        var entries = new List<(ImmutableArray<Word> Words, FacetValue Meaning)>();
        foreach (var column in columns)
            entries.AddRange(Of(column));
        var exact = Table(entries);
        var synonyms = Synonyms.Values.SelectMany(line => Alike(line, exact)).Concat(Synonyms.Pairs.SelectMany(pair => Both(pair, exact))).ToList();
        return Table([.. entries, .. synonyms]);
    }

    /// <summary>What is meant where several meanings are equally sure: the most telling facet, or all of them.</summary>
    /// <param name="meanings">The meanings.</param>
    public static ImmutableArray<FacetValue> Surest(ImmutableArray<FacetValue> meanings)
    {
        var ground = meanings.Min(meaning => meaning.Ground);
        ImmutableArray<FacetValue> surest = [.. meanings.Where(meaning => meaning.Ground == ground)];
        foreach (var facet in Telling)
        {
            if (surest.Any(meaning => IsOf(meaning, facet)))
                return [.. surest.Where(meaning => IsOf(meaning, facet))];
        }
        return surest;
    }

    private static bool IsOf(FacetValue meaning, string facet) => string.Equals(meaning.Facet, facet, StringComparison.Ordinal);

    private static PhraseTable<FacetValue> Table(List<(ImmutableArray<Word> Words, FacetValue Meaning)> entries)
    {
        var table = new PhraseTable<FacetValue>(CommonWords.All);
        foreach (var (words, meaning) in entries)
            table.Add(words.AsSpan(), meaning);
        return table;
    }

    private static IEnumerable<(ImmutableArray<Word> Words, FacetValue Meaning)> Of(FacetColumn column)
    {
        var phrases = column.Values.Select(value => (Value: value, Words: Spoken(value))).Where(phrase => phrase.Words.Length is > 0 and <= LongestValue).ToArray();
        foreach (var same in phrases.GroupBy(phrase => Key(phrase.Words), StringComparer.Ordinal))
            yield return (same.First().Words, new FacetValue(column.Name, [.. same.Select(phrase => phrase.Value)], Ground.Exact));
        var sides = phrases.Where(phrase => phrase.Value.Contains('/'))
            .SelectMany(phrase => phrase.Value.Split('/').Select(side => (phrase.Value, Words: Spoken(side)))).Where(side => side.Words.Length > 0);
        foreach (var same in sides.GroupBy(side => Key(side.Words), StringComparer.Ordinal))
            yield return (same.First().Words, new FacetValue(column.Name, [.. same.Select(side => side.Value)], Ground.Part));
        if (!People.Contains(column.Name, StringComparer.OrdinalIgnoreCase))
            yield break;
        foreach (var (value, words) in phrases.Where(phrase => phrase.Words.Length > 1 && phrase.Words[^1].Stem.Length >= ShortestSurname))
            yield return ([words[^1]], new FacetValue(column.Name, [value], Ground.Surname));
    }

    private static IEnumerable<(ImmutableArray<Word> Words, FacetValue Meaning)> Alike(ImmutableArray<string> line, PhraseTable<FacetValue> exact)
    {
        var phrases = line.Select(Spoken).ToArray();
        var known = phrases.SelectMany(phrase => exact.Of(phrase.AsSpan())).Where(meaning => meaning.Ground is Ground.Exact or Ground.Part).ToArray();
        // One facet may write it in several ways: each of them counts.
        var meanings = known.GroupBy(meaning => meaning.Facet, StringComparer.Ordinal)
            .Select(facet => new FacetValue(facet.Key, [.. facet.SelectMany(meaning => meaning.Values).Distinct(StringComparer.Ordinal)], Ground.Synonym)).ToArray();
        return from phrase in phrases from meaning in meanings select (phrase, meaning);
    }

    private static IEnumerable<(ImmutableArray<Word> Words, FacetValue Meaning)> Both((string Word, string First, string Second) pair, PhraseTable<FacetValue> exact) =>
        from one in exact.Of(Spoken(pair.First).AsSpan())
        from other in exact.Of(Spoken(pair.Second).AsSpan())
        where one.Ground is Ground.Exact && other.Ground is Ground.Exact && string.Equals(one.Facet, other.Facet, StringComparison.Ordinal)
        select (Spoken(pair.Word), one with { Ground = Ground.Synonym, And = other });

    private static ImmutableArray<Word> Spoken(string text) => [.. WordScanner.Scan(text).Where(word => word.IsSpoken)];

    private static string Key(ImmutableArray<Word> words) => string.Join(' ', words.Select(word => word.Stem));
}
