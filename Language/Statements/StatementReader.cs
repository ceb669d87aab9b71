using System.Collections.Frozen;
using System.Collections.Immutable;
using AgentRec.Domain;
using AgentRec.Language.Text;

namespace AgentRec.Language.Statements;

/// <summary>
/// Reads what users say about their tastes in plain English ("I no longer watch horror, but I love westerns"): phrases that say an
/// attitude, and behind or before them the words of requests. What it cannot read it names, and does not guess.
/// </summary>
/// <param name="requests">Reads what a statement is about.</param>
/// <param name="items">The catalogue, whose maturity ratings a child's use of an account is about.</param>
public sealed class StatementReader(RequestReader requests, IEnumerable<Item> items)
{
    private static readonly FrozenSet<string> Adult = FrozenSet.ToFrozenSet(
        ["R", "NC-17", "X", "18", "18+", "AO", "M", "TV-MA", "16", "16+", "17+", "R18", "R18+", "MA15+"], StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> Children = FrozenSet.ToFrozenSet(["kid", "kids", "child", "children", "son", "daughter", "sons", "daughters", "toddler"], StringComparer.Ordinal);

    private static readonly FrozenSet<string> Uses = FrozenSet.ToFrozenSet(
        ["use", "uses", "using", "watch", "watches", "watching", "share", "shares", "sharing", "read", "reads", "account", "profile"], StringComparer.Ordinal);

    private static readonly FrozenSet<string> Passing = FrozenSet.ToFrozenSet(
        ["i", "im", "ive", "we", "my", "me", "and", "but", "please", "also", "really", "so", "am", "do", "the", "a", "an", "that", "now", "just", "to", "have", "has", "got", "would", "id", "want", "show", "absolutely", "very", "much", "anymore", "any", "lately", "again"],
        StringComparer.Ordinal);

    private readonly ImmutableArray<string> _adult =
        [.. items.SelectMany(item => item.Facets.TryGetValue(FacetNames.Maturity, out var ratings) ? ratings : []).Where(Adult.Contains).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>Reads a text.</summary>
    /// <param name="text">Any text; what is longer than <see cref="RequestReader.LongestMessage"/> is read as far as that.</param>
    public StatementReading Read(string text)
    {
        if (text.Length > RequestReader.LongestMessage)
            text = text[..RequestReader.LongestMessage];
        var corrections = new Dictionary<(string Facet, string Value), Correction>();
        var unread = new List<string>();
        var words = WordScanner.Scan(text).AsSpan();
        for (var from = 0; from < words.Length;)
        {
            var to = from;
            while (to < words.Length && !EndsSentence(words[to], text))
                to++;
            if (to > from)
                ReadSentence(text, words[from..to], corrections, unread);
            from = to + 1;
        }
        return new StatementReading([.. corrections.Values], [.. unread]);
    }

    private static bool EndsSentence(Word word, string text) => word.Kind is WordKind.Separator && text[word.Start] is not (',' or ':' or '(' or ')');

    private void ReadSentence(string text, ReadOnlySpan<Word> words, Dictionary<(string, string), Correction> corrections, List<string> unread)
    {
        if (IsOfChildren(words) && !_adult.IsEmpty)
        {
            foreach (var rating in _adult)
                corrections[(FacetNames.Maturity, rating)] = new Correction(FacetNames.Maturity, rating, Attitude.Never);
            // When they do is more than a stated preference can say.
            unread.AddRange(AfterUse(text, words));
            return;
        }
        var (pending, place) = (0, 0);
        Attitude? attitude = null;
        while (place < words.Length)
        {
            if (StatementCues.Behind.At(words, place) is { } behind)
            {
                // "I love westerns, and horror bores me": what stands before the last pause is of the attitude before.
                var pause = attitude is null ? pending : LastPause(words, pending, place);
                About(text, words[pending..pause], attitude, corrections, unread);
                About(text, words[pause..place], behind.Meaning, corrections, unread);
                attitude = null;
                pending = place += behind.Words.Length;
            }
            else if (StatementCues.Before.At(words, place) is { } before)
            {
                About(text, words[pending..place], attitude, corrections, unread);
                attitude = before.Meaning;
                pending = place += before.Words.Length;
            }
            else
            {
                place++;
            }
        }
        About(text, words[pending..], attitude, corrections, unread);
    }

    private static int LastPause(ReadOnlySpan<Word> words, int from, int to)
    {
        for (var place = to - 1; place > from; place--)
        {
            if (words[place].Kind is WordKind.Separator || words[place].Text is "and" or "but")
                return place;
        }
        return from;
    }

    private static bool IsOfChildren(ReadOnlySpan<Word> words)
    {
        var (who, what) = (false, false);
        for (var i = 0; i < words.Length; i++)
        {
            who |= Children.Contains(words[i].Text) && i > 0 && words[i - 1].Text is "my" or "our" or "the";
            what |= Uses.Contains(words[i].Text);
        }
        return who && what;
    }

    private static IEnumerable<string> AfterUse(string text, ReadOnlySpan<Word> words)
    {
        var last = words.Length;
        while (last > 0 && !Uses.Contains(words[last - 1].Text))
            last--;
        return last < words.Length ? [text[words[last].Start..words[^1].End]] : [];
    }

    /// <summary>An attitude, and the words that it is about.</summary>
    private void About(string text, ReadOnlySpan<Word> words, Attitude? attitude, Dictionary<(string, string), Correction> corrections, List<string> unread)
    {
        while (words.Length > 0 && IsPassing(words[0]))
            words = words[1..];
        while (words.Length > 0 && IsPassing(words[^1]))
            words = words[..^1];
        if (words.Length == 0)
            return;
        var about = text[words[0].Start..words[^1].End];
        if (attitude is not { } said)
        {
            unread.Add(about);
            return;
        }
        var (reading, before) = (requests.Read(about, []), corrections.Count + unread.Count);
        foreach (var constraint in reading.Constraints)
            State(constraint, said, corrections, unread);
        foreach (var item in reading.Titles.Select(title => title.ItemId).Concat(reading.Anchors.Select(anchor => anchor.ItemId)))
            corrections[(FacetNames.Item, item)] = new Correction(FacetNames.Item, item, said);
        unread.AddRange(reading.NotUnderstood);
        if (before == corrections.Count + unread.Count && reading.Constraints.IsEmpty && reading.Titles.IsEmpty && reading.Anchors.IsEmpty)
            unread.Add(about);
    }

    private static void State(Constraint constraint, Attitude said, Dictionary<(string, string), Correction> corrections, List<string> unread)
    {
        Attitude? attitude = constraint.Op switch
        {
            ConstraintOperator.Eq or ConstraintOperator.In => said,
            // "I love comedies without ghosts."
            ConstraintOperator.Ne when said is Attitude.Like => Attitude.Never,
            _ => null,
        };
        if (attitude is not { } held)
        {
            unread.Add(constraint.Source ?? constraint.Facet);
            return;
        }
        foreach (var value in constraint.Values)
            corrections[(constraint.Facet, value)] = new Correction(constraint.Facet, value, held);
    }

    private static bool IsPassing(Word word) => word.Kind is WordKind.Separator || Passing.Contains(word.Text);
}
