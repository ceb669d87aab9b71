using System.Collections.Frozen;
using System.Collections.Immutable;

namespace AgentRec.Language.Grammar;

/// <summary>Fixed phrases of the grammar and what each says. Of several that begin alike the longest counts.</summary>
/// <typeparam name="T">What a phrase says.</typeparam>
internal sealed class CueTable<T>
{
    private readonly FrozenDictionary<string, ImmutableArray<Cue>> _byFirstWord;

    /// <summary>Makes a table.</summary>
    /// <param name="entries">Phrases, separated by bars, and what they say.</param>
    public CueTable(params ReadOnlySpan<(string Phrases, T Meaning)> entries)
    {
        var cues = new List<Cue>();
        foreach (var (phrases, meaning) in entries)
            cues.AddRange(phrases.Split('|').Select(phrase => new Cue([.. phrase.Split(' ')], meaning)));
        _byFirstWord = cues.GroupBy(cue => cue.Words[0], StringComparer.Ordinal)
            .ToFrozenDictionary(group => group.Key, group => group.OrderByDescending(cue => cue.Words.Length).ToImmutableArray(), StringComparer.Ordinal);
    }

    /// <summary>The phrases that begin with a word, the longest first.</summary>
    /// <param name="word">The word.</param>
    public ImmutableArray<Cue> From(string word) => _byFirstWord.GetValueOrDefault(word, []);

    /// <summary>A phrase.</summary>
    /// <param name="Words">Its words, at least one.</param>
    /// <param name="Meaning">What it says.</param>
    internal sealed record Cue(ImmutableArray<string> Words, T Meaning);
}
