using System.Collections.Immutable;
using AgentRec.Language.Text;
using AgentRec.Language.Vocabularies;
using Superpower.Model;

namespace AgentRec.Language.Grammar;

/// <summary>A word of a request with what the catalogue's vocabulary makes of it: a token of the grammar.</summary>
/// <param name="Word">The word.</param>
/// <param name="Place">Its place among the words.</param>
/// <param name="Value">The longest phrase from here on that means a value.</param>
/// <param name="Facet">The longest phrase from here on that means a facet.</param>
internal sealed record Lexeme(Word Word, int Place, PhraseMatch<FacetValue>? Value, PhraseMatch<string>? Facet)
{
    /// <summary>The word as it compares.</summary>
    public string Text => Word.Text;

    /// <summary>Cuts a request into tokens.</summary>
    /// <param name="message">The request.</param>
    /// <param name="words">Its words.</param>
    /// <param name="vocabulary">The catalogue's vocabulary.</param>
    public static TokenList<Lexeme> Tokens(string message, ImmutableArray<Word> words, Vocabulary vocabulary)
    {
        var tokens = new Token<Lexeme>[words.Length];
        for (var place = 0; place < words.Length; place++)
        {
            var word = words[place];
            var lexeme = new Lexeme(word, place, vocabulary.Values.Find(words, place), vocabulary.Facets.Find(words, place));
            tokens[place] = new Token<Lexeme>(lexeme, new TextSpan(message, new Position(word.Start, 1, word.Start + 1), word.End - word.Start));
        }
        return new TokenList<Lexeme>(tokens);
    }
}
