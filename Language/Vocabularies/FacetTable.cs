using System.Collections.Immutable;
using AgentRec.Language.Text;

namespace AgentRec.Language.Vocabularies;

/// <summary>Makes the table of what phrases mean as facets: their names, with and without units, and synonyms.</summary>
internal static class FacetTable
{
    private static readonly ImmutableArray<string> Units = ["kg", "g", "grams", "lb", "lbs", "minutes", "hours", "seconds", "inches", "usd", "eur"];

    /// <summary>Makes the table.</summary>
    /// <param name="columns">All facets.</param>
    public static PhraseTable<string> Of(ImmutableArray<FacetColumn> columns)
    {
        var names = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var column in columns)
        {
            names.TryAdd(string.Join(' ', column.NameParts), column.Name);
            names.TryAdd(string.Join(' ', column.NameParts.Where((part, place) => place == 0 || !Units.Contains(part, StringComparer.Ordinal))), column.Name);
        }
        var phrases = new SortedDictionary<string, string>(names, StringComparer.Ordinal);
        foreach (var line in Synonyms.Facets)
        {
            if (line.FirstOrDefault(names.ContainsKey) is not { } known)
                continue;
            foreach (var phrase in line)
                phrases.TryAdd(phrase, names[known]);
        }
        var table = new PhraseTable<string>(CommonWords.All);
        foreach (var (phrase, facet) in phrases)
            table.Add(WordScanner.Scan(phrase).AsSpan(), facet);
        return table;
    }
}
