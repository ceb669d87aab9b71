using System.Collections.Immutable;
using AgentRec.Language.Text;
using AgentRec.Language.Vocabularies;

namespace AgentRec.Language.Grammar;

/// <summary>A request that is a title, with nothing but politeness around it.</summary>
internal static class WholeTitle
{
    /// <summary>Finds it.</summary>
    /// <param name="words">The request.</param>
    /// <param name="vocabulary">The catalogue's vocabulary.</param>
    /// <returns>Null where the request says anything else.</returns>
    public static Titled? Find(ImmutableArray<Word> words, Vocabulary vocabulary)
    {
        var (first, last) = (0, words.Length);
        while (first < words.Length && IsAround(words[first]))
            first++;
        while (last > first && IsAround(words[last - 1]))
            last--;
        if (first == last)
            return null;
        // A title may begin with common words: the longest one that takes in everything else is meant.
        for (var start = Math.Max(0, first - 8); start <= first; start++)
        {
            if (vocabulary.Titles.Find(words, start, isStrict: true) is { } match && start + match.Length >= last && !IsValue(start, match.Length) && !IsSeen(words, start))
                return new Titled(match) { Start = start, End = start + match.Length };
        }
        return null;

        bool IsValue(int start, int length) => vocabulary.Values.Find(words, start, isStrict: true) is { } value && value.Length >= length;
    }

    /// <summary>True where the words in front say that it is known already: then it is not asked for.</summary>
    private static bool IsSeen(ImmutableArray<Word> words, int title) => Enumerable.Range(0, title).Any(start => RequestGrammar.SeenCues.From(words[start].Text).Any(cue =>
        start + cue.Words.Length == title && cue.Words.SequenceEqual(words[start..title].Select(word => word.Text), StringComparer.Ordinal)));

    private static bool IsAround(Word word) =>
        word.Kind is WordKind.Separator || (word.Kind is WordKind.Word && CommonWords.Fillers.Contains(word.Text) && word.Text is not ("like" or "liked" or "loved" or "enjoyed" or "love" or "likes" or "enjoy" or "such" or "same"));
}
