using System.Collections.Frozen;
using AgentRec.Domain;
using AgentRec.Language.Text;

namespace AgentRec.Language.Vocabularies;

/// <summary>
/// The words that stand in the items of a catalogue: in titles, descriptions and values. No other word can find anything, in whatever
/// language it is.
/// </summary>
internal sealed class SearchWords
{
    private readonly FrozenSet<string> _words;
    private readonly FrozenDictionary<string, string> _byStem;

    private SearchWords(IEnumerable<Word> words)
    {
        var all = new HashSet<string>(StringComparer.Ordinal);
        var byStem = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var word in words)
        {
            if (all.Add(word.Text) && (!byStem.TryGetValue(word.Stem, out var known) || string.CompareOrdinal(word.Text, known) < 0))
                byStem[word.Stem] = word.Text;
        }
        _words = all.ToFrozenSet(StringComparer.Ordinal);
        _byStem = byStem.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>Learns the words of a catalogue.</summary>
    /// <param name="items">Its items.</param>
    /// <param name="columns">Their facets.</param>
    public static SearchWords Of(IEnumerable<Item> items, IEnumerable<FacetColumn> columns)
    {
        var texts = items.SelectMany(item => (string?[])[item.Title, item.Text])
            .Concat(columns.Where(column => !column.IsNumeric).SelectMany(column => column.Values));
        return new SearchWords(Pieces(texts).SelectMany(piece => WordScanner.Scan(piece)).Where(word => word.Kind is WordKind.Word or WordKind.Number));
    }

    /// <summary>A word as the catalogue writes it: as it is said, or else in another number.</summary>
    /// <param name="word">The word.</param>
    /// <returns>Null where no item has it, and where it says nothing by itself.</returns>
    public string? Find(Word word) => word.Kind is not (WordKind.Word or WordKind.Number) || CommonWords.SaysNothing(word.Text) ? null
        : _words.TryGetValue(word.Text, out var written) ? written
        : _byStem.GetValueOrDefault(word.Stem);

    /// <summary>What blanks set apart, each piece once: descriptions repeat themselves, and scanning is what takes time.</summary>
    private static HashSet<string> Pieces(IEnumerable<string?> texts)
    {
        var pieces = new HashSet<string>(StringComparer.Ordinal);
        var bySpan = pieces.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var text in texts)
        {
            foreach (var piece in text.AsSpan().Split(' '))
                bySpan.Add(text.AsSpan()[piece]);
        }
        return pieces;
    }
}
