using System.Collections.Frozen;
using System.Collections.Immutable;
using AgentRec.Language.Text;
using Superpower;
using Superpower.Model;

namespace AgentRec.Language.Grammar;

/// <summary>The pieces that all parsers of the grammar are made of.</summary>
internal static class Pieces
{
    /// <summary>One token that is as asked for.</summary>
    /// <param name="accept">What is asked for.</param>
    public static TokenListParser<Lexeme, Lexeme> Next(Func<Lexeme, bool> accept) => input =>
    {
        var next = input.ConsumeToken();
        return next.HasValue && accept(next.Value.Kind)
            ? TokenListParserResult.Value(next.Value.Kind, input, next.Remainder)
            : TokenListParserResult.Empty<Lexeme, Lexeme>(input);
    };

    /// <summary>One of a set of words.</summary>
    /// <param name="words">The words.</param>
    public static TokenListParser<Lexeme, Lexeme> AnyOf(FrozenSet<string> words) => Next(one => one.Word.Kind is WordKind.Word && words.Contains(one.Text));

    /// <summary>One of some words.</summary>
    /// <param name="words">The words, separated by blanks.</param>
    public static TokenListParser<Lexeme, Lexeme> AnyOf(string words) => AnyOf(words.Split(' ').ToFrozenSet(StringComparer.Ordinal));

    /// <summary>A phrase of a table, the longest that fits.</summary>
    /// <typeparam name="T">What phrases say.</typeparam>
    /// <param name="table">The table.</param>
    public static TokenListParser<Lexeme, T> Phrase<T>(CueTable<T> table) => input =>
    {
        var first = input.ConsumeToken();
        if (!first.HasValue)
            return TokenListParserResult.Empty<Lexeme, T>(input);
        foreach (var cue in table.From(first.Value.Kind.Text))
        {
            var rest = first.Remainder;
            var isWhole = true;
            for (var place = 1; place < cue.Words.Length && isWhole; place++)
            {
                var next = rest.ConsumeToken();
                isWhole = next.HasValue && string.Equals(next.Value.Kind.Text, cue.Words[place], StringComparison.Ordinal);
                rest = next.Remainder;
            }
            if (isWhole)
                return TokenListParserResult.Value(cue.Meaning, input, rest);
        }
        return TokenListParserResult.Empty<Lexeme, T>(input);
    };

    /// <summary>As many of some words as there are, up to a limit that keeps the grammar linear.</summary>
    /// <param name="word">The words.</param>
    /// <param name="most">The limit.</param>
    public static TokenListParser<Lexeme, int> UpTo(this TokenListParser<Lexeme, Lexeme> word, int most) => input =>
    {
        var (rest, count) = (input, 0);
        for (; count < most; count++)
        {
            var next = word(rest);
            if (!next.HasValue)
                break;
            rest = next.Remainder;
        }
        return TokenListParserResult.Value(count, input, rest);
    };

    /// <summary>What a parser makes of the text again and again, up to a limit that keeps the grammar linear.</summary>
    /// <typeparam name="T">What is parsed.</typeparam>
    /// <param name="parser">The parser.</param>
    /// <param name="most">The limit.</param>
    public static TokenListParser<Lexeme, ImmutableArray<T>> Repeated<T>(this TokenListParser<Lexeme, T> parser, int most) => input =>
    {
        var rest = input;
        var parsed = ImmutableArray.CreateBuilder<T>();
        while (parsed.Count < most)
        {
            var next = parser(rest);
            if (!next.HasValue)
                break;
            parsed.Add(next.Value);
            rest = next.Remainder;
        }
        return TokenListParserResult.Value(parsed.ToImmutable(), input, rest);
    };

    /// <summary>A parser where it succeeds; otherwise nothing is consumed.</summary>
    /// <typeparam name="T">What is parsed.</typeparam>
    /// <param name="parser">The parser.</param>
    public static TokenListParser<Lexeme, bool> Maybe<T>(this TokenListParser<Lexeme, T> parser) => input =>
    {
        var result = parser(input);
        return TokenListParserResult.Value(result.HasValue, input, result.HasValue ? result.Remainder : input);
    };

    /// <summary>The first of several parsers that succeeds, each from the same place.</summary>
    /// <typeparam name="T">What is parsed.</typeparam>
    /// <param name="parsers">The parsers in the order of their precedence.</param>
    public static TokenListParser<Lexeme, T> First<T>(params TokenListParser<Lexeme, T>[] parsers) => Parse.OneOf([.. parsers.Select(parser => parser.Try())]);

    /// <summary>Succeeds, without consuming, where a parser fails.</summary>
    /// <typeparam name="T">What is parsed.</typeparam>
    /// <param name="parser">The parser.</param>
    public static TokenListParser<Lexeme, bool> Unless<T>(TokenListParser<Lexeme, T> parser) => input =>
        parser(input).HasValue ? TokenListParserResult.Empty<Lexeme, bool>(input) : TokenListParserResult.Value(true, input, input);

    /// <summary>A clause that knows its place.</summary>
    /// <typeparam name="T">The clause.</typeparam>
    /// <param name="parser">Its parser.</param>
    public static TokenListParser<Lexeme, Clause> Placed<T>(this TokenListParser<Lexeme, T> parser)
        where T : Clause => input =>
    {
        var result = parser(input);
        return result.HasValue
            ? TokenListParserResult.Value<Lexeme, Clause>(result.Value with { Start = input.Position, End = result.Remainder.IsAtEnd ? int.MaxValue : result.Remainder.Position }, input, result.Remainder)
            : TokenListParserResult.Empty<Lexeme, Clause>(input);
    };
}
