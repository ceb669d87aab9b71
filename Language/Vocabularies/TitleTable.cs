using System.Collections.Immutable;
using AgentRec.Domain;
using AgentRec.Language.Text;

namespace AgentRec.Language.Vocabularies;

/// <summary>Makes the table of titles, with and without their article.</summary>
internal static class TitleTable
{
    private const int LongestTitle = 16;

    /// <summary>Makes the table.</summary>
    /// <param name="items">The items.</param>
    public static PhraseTable<string> Of(IEnumerable<Item> items)
    {
        var table = new PhraseTable<string>(new HashSet<string>(StringComparer.Ordinal));
        foreach (var item in items)
        {
            ImmutableArray<Word> words = [.. WordScanner.Scan(item.Title).Where(word => word.IsSpoken)];
            if (words.Length > LongestTitle)
                continue;
            table.Add(words.AsSpan(), item.ItemId);
            if (words is [{ Text: "the" or "a" or "an" }, _, ..])
                table.Add(words.AsSpan()[1..], item.ItemId);
        }
        return table;
    }
}
