using System.Collections.Immutable;

namespace AgentRec.Language.Text;

/// <summary>What was found of a phrase table at a place of a text.</summary>
/// <typeparam name="T">What phrases mean.</typeparam>
/// <param name="Length">The number of words.</param>
/// <param name="Meanings">Everything that the phrase means; at least one.</param>
/// <param name="IsCertain">False when a misspelt word may be one of several.</param>
/// <param name="IsCorrected">True when a word is misspelt.</param>
internal sealed record PhraseMatch<T>(int Length, ImmutableArray<T> Meanings, bool IsCertain, bool IsCorrected = false);

/// <summary>Phrases by their words: finds the longest one that begins at a word, with each word misspelt by one edit at most.</summary>
/// <typeparam name="T">What phrases mean.</typeparam>
internal sealed class PhraseTable<T>
{
    private readonly Node _root = new();
    private readonly HashSet<string> _words = new(StringComparer.Ordinal);
    private readonly IReadOnlySet<string> _never;
    private readonly Lazy<Spelling> _spelling;

    /// <summary>An empty table.</summary>
    /// <param name="never">Words that are never taken for misspelt ones.</param>
    public PhraseTable(IReadOnlySet<string> never)
    {
        _never = never;
        _spelling = new(() => new Spelling(_words));
    }

    /// <summary>Adds a phrase. All are added before the first is looked for.</summary>
    /// <param name="words">Its words; none adds nothing.</param>
    /// <param name="meaning">What it means.</param>
    public void Add(ReadOnlySpan<Word> words, T meaning)
    {
        if (words.IsEmpty)
            return;
        var node = _root;
        foreach (var word in words)
        {
            _words.Add(word.Stem);
            if (!node.Next.TryGetValue(word.Stem, out var next))
                node.Next[word.Stem] = next = new Node();
            node = next;
        }
        if (!node.Meanings.Contains(meaning))
            node.Meanings.Add(meaning);
    }

    /// <summary>The meanings of exactly this phrase.</summary>
    /// <param name="words">Its words.</param>
    public IReadOnlyList<T> Of(ReadOnlySpan<Word> words)
    {
        var node = _root;
        foreach (var word in words)
        {
            if (!node.Next.TryGetValue(word.Stem, out node!))
                return [];
        }
        return node.Meanings;
    }

    /// <summary>Finds the longest phrase that begins at a word; among equally long ones the one that is spelt as it should be.</summary>
    /// <param name="words">The text.</param>
    /// <param name="start">Where the phrase begins.</param>
    /// <param name="isStrict">True to take every word as it is spelt.</param>
    public PhraseMatch<T>? Find(ImmutableArray<Word> words, int start, bool isStrict = false)
    {
        List<Node> open = [_root];
        PhraseMatch<T>? longest = null;
        var isCorrected = false;
        for (var place = start; place < words.Length && words[place].IsSpoken && open.Count > 0; place++)
        {
            (open, var isMisspelt) = Step(open, words[place], isStrict);
            isCorrected |= isMisspelt;
            Node[] ends = [.. open.Where(node => node.Meanings.Count > 0)];
            if (ends.Length > 0)
                longest = new PhraseMatch<T>(place - start + 1, [.. ends.SelectMany(node => node.Meanings).Distinct()], ends.Length == 1, isCorrected);
        }
        return longest;
    }

    private (List<Node> Open, bool IsMisspelt) Step(List<Node> open, Word word, bool isStrict)
    {
        var exact = open.Where(node => node.Next.ContainsKey(word.Stem)).Select(node => node.Next[word.Stem]).ToList();
        if (exact.Count > 0 || isStrict || _never.Contains(word.Text) || _words.Contains(word.Stem))
            return (exact, false);
        string[] near = [.. _spelling.Value.Near(word.Stem).Concat(_spelling.Value.Near(word.Text)).Distinct(StringComparer.Ordinal)];
        return ([.. open.SelectMany(node => near.Where(node.Next.ContainsKey).Select(spelt => node.Next[spelt])).Distinct()], true);
    }

    private sealed class Node
    {
        public Dictionary<string, Node> Next { get; } = new(StringComparer.Ordinal);

        public List<T> Meanings { get; } = [];
    }
}
