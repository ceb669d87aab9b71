using System.Collections.Immutable;
using AgentRec.Language.Grammar;
using AgentRec.Language.Readings;
using AgentRec.Language.Text;
using AgentRec.Language.Vocabularies;

namespace AgentRec.Language;

/// <summary>
/// Reads requests in plain English over the vocabulary of a catalogue: no model, no network, the same reading every time, in time
/// that grows with the message's length alone. What it cannot read it names, and does not guess.
/// </summary>
/// <param name="vocabulary">The catalogue's vocabulary.</param>
public sealed class RequestReader(Vocabulary vocabulary)
{
    /// <summary>Longer messages are read as far as this, in UTF-16 units; the rest is named as not understood.</summary>
    public const int LongestMessage = 8_000;

    /// <summary>Reads a message.</summary>
    /// <param name="message">Any text.</param>
    /// <param name="shown">The ids of the items that were shown last, best first: what "the second one" speaks of.</param>
    /// <returns>What was read. Every string is safe to show: nothing in it is longer than the message.</returns>
    public RequestReading Read(string message, ImmutableArray<string> shown)
    {
        var text = message.Length <= LongestMessage ? message : message[..LongestMessage];
        var words = WordScanner.Scan(text);
        if (words.IsEmpty)
            return RequestReading.Nothing;
        var clauses = WholeTitle.Find(words, vocabulary) is { } title
            ? [title]
            : new RequestGrammar(vocabulary, words).Parse(Lexeme.Tokens(text, words, vocabulary));
        return new Composition(vocabulary, text, words, shown).Compose(clauses);
    }
}
