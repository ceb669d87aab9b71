using AgentRec.Language.Text;
using Superpower;
using Superpower.Model;
using static AgentRec.Language.Grammar.Pieces;

namespace AgentRec.Language.Grammar;

/// <summary>What a request points at: places of what was shown, and titles.</summary>
internal static class TargetGrammar
{
    private static readonly CueTable<int> Ordinals = new(
        ("first", 1), ("second", 2), ("third", 3), ("fourth", 4), ("fifth", 5), ("sixth", 6), ("seventh", 7), ("eighth", 8), ("ninth", 9), ("tenth", 10));

    private static readonly CueTable<int> Numbers = new(
        ("one", 1), ("two", 2), ("three", 3), ("four", 4), ("five", 5), ("six", 6), ("seven", 7), ("eight", 8), ("nine", 9), ("ten", 10));

    private static readonly TokenListParser<Lexeme, Lexeme> Noun =
        AnyOf("one item film movie book product title option suggestion recommendation result pick choice");

    private static readonly TokenListParser<Lexeme, int> Whole = First(
        Next(one => one.Word.Kind is WordKind.Number && one.Word.Number is >= 1 and <= 1_000 && double.IsInteger(one.Word.Number)).Select(number => (int)number.Word.Number),
        Phrase(Numbers));

    private static readonly TokenListParser<Lexeme, int?> Ordinal = First<int?>(
        Phrase(Ordinals).Select(place => (int?)place),
        AnyOf("last").Select(_ => (int?)null),
        from number in Next(one => one.Word.Kind is WordKind.Number && one.Word.Number is >= 1 and <= 1_000 && double.IsInteger(one.Word.Number))
        from ending in Next(one => one.Word.IsGlued && one.Text is "st" or "nd" or "rd" or "th")
        select (int?)number.Word.Number);

    /// <summary>A place of what was shown.</summary>
    public static readonly TokenListParser<Lexeme, Target> Shown = First<Target>(
        from the in AnyOf("the that your my") from place in Ordinal from noun in Noun.Maybe() select (Target)new Target.Placed(place),
        from place in Ordinal from noun in Noun select (Target)new Target.Placed(place),
        from word in AnyOf("number nr item option result") from place in Whole select (Target)new Target.Placed(place),
        from sign in Next(one => one.Word.Kind is WordKind.Hash) from place in Whole select (Target)new Target.Placed(place));

    /// <summary>Everything that was shown.</summary>
    public static readonly TokenListParser<Lexeme, Target> All =
        Phrase(new CueTable<bool>(("they|they all|these|those|all of them|all of these|all of those|everything|theyre|these all|them all|all these", true)))
            .Select(_ => (Target)new Target.AllShown());

    /// <summary>A title.</summary>
    /// <param name="titles">The catalogue's titles.</param>
    /// <param name="words">The request.</param>
    /// <param name="isStrict">True to take every word as it is spelt.</param>
    public static TokenListParser<Lexeme, PhraseMatch<string>> Title(PhraseTable<string> titles, System.Collections.Immutable.ImmutableArray<Word> words, bool isStrict) => input =>
    {
        if (input.IsAtEnd || titles.Find(words, input.Position, isStrict) is not { } match)
            return TokenListParserResult.Empty<Lexeme, PhraseMatch<string>>(input);
        var rest = input;
        for (var word = 0; word < match.Length; word++)
            rest = rest.ConsumeToken().Remainder;
        return TokenListParserResult.Value(match, input, rest);
    };
}
