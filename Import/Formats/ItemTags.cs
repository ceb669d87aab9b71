using AgentRec.Domain;
using AgentRec.Import.Rows;

namespace AgentRec.Import.Formats;

/// <summary>The tags that people gave to items: lower-cased, the most frequent first, a bounded number for each item.</summary>
internal sealed class ItemTags
{
    private const int Greatest = 20;
    private const int LongestTag = 256;

    private readonly Dictionary<string, Dictionary<string, int>> _counts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _firstLine = new(StringComparer.Ordinal);

    private ItemTags()
    {
    }

    /// <summary>Reads a file of tags; a folder may lack it.</summary>
    /// <param name="file">The file.</param>
    /// <param name="rejected">Told of rows that are left out.</param>
    public static ItemTags Read(DataFile file, Action<RejectedRow> rejected)
    {
        var tags = new ItemTags();
        if (!file.Exists)
            return tags;
        var texts = new SharedTexts();
        foreach (var (header, record) in file.Table(["movieId", "tag"], rejected))
        {
            var item = header.Field(record.Fields, "movieId");
            var tag = header.Field(record.Fields, "tag")?.Trim().ToLowerInvariant();
            if (Identifier.Problem(item) is { } problem)
                record.Reject($"movieId {problem}");
            else if (string.IsNullOrEmpty(tag))
                record.Reject("has no tag");
            else if (tag.Length > LongestTag)
                record.Reject($"the tag is longer than {LongestTag} characters");
            else
                tags.Add(item!, texts.Of(tag), record.Line);
        }
        return tags;
    }

    /// <summary>An item's tags, the most frequent first, then in ordinal order.</summary>
    /// <param name="itemId">The item.</param>
    public IReadOnlyList<string> Of(string itemId) =>
        _counts.TryGetValue(itemId, out var counts)
            ? [.. counts.OrderByDescending(tag => tag.Value).ThenBy(tag => tag.Key, StringComparer.Ordinal).Take(Greatest).Select(tag => tag.Key)]
            : [];

    /// <summary>The tagged items that a catalogue lacks, each with the line of its first tag, in the order of lines.</summary>
    /// <param name="catalogue">The checks that have seen the catalogue.</param>
    public IEnumerable<(string ItemId, long Line)> Strangers(ItemChecks catalogue) =>
        _firstLine.Where(tagged => !catalogue.HasSeen(tagged.Key)).OrderBy(tagged => tagged.Value).Select(tagged => (tagged.Key, tagged.Value));

    private void Add(string item, string tag, long line)
    {
        if (!_counts.TryGetValue(item, out var counts))
        {
            _counts.Add(item, counts = new Dictionary<string, int>(StringComparer.Ordinal));
            _firstLine.Add(item, line);
        }
        counts[tag] = counts.GetValueOrDefault(tag) + 1;
    }
}
