using AgentRec.Language.Text;
using AgentRec.Language.Vocabularies;
using Superpower;
using static AgentRec.Language.Grammar.Pieces;

namespace AgentRec.Language.Grammar;

/// <summary>Numbers in digits and in words, and numbers with units.</summary>
internal static class AmountGrammar
{
    private static readonly CueTable<double> Small = new(
        ("one", 1), ("two", 2), ("three", 3), ("four", 4), ("five", 5), ("six", 6), ("seven", 7), ("eight", 8), ("nine", 9), ("ten", 10), ("eleven", 11),
        ("twelve|a dozen|dozen", 12), ("thirteen", 13), ("fourteen", 14), ("fifteen", 15), ("sixteen", 16), ("seventeen", 17), ("eighteen", 18), ("nineteen", 19),
        ("a couple of|couple of|a couple|a pair of", 2), ("half a dozen", 6));

    private static readonly CueTable<double> Tens = new(
        ("twenty", 20), ("thirty", 30), ("forty|fourty", 40), ("fifty", 50), ("sixty", 60), ("seventy", 70), ("eighty", 80), ("ninety", 90));

    private static readonly CueTable<double> Multiples = new(("hundred", 100), ("thousand", 1_000), ("million|mio", 1_000_000));

    private static readonly CueTable<(Measure Measure, double Scale)> Units = new(
        ("minutes|minute|mins|min|m", (Measure.Duration, 1)), ("hours|hour|hrs|hr|h", (Measure.Duration, 60)), ("pages|page|pp", (Measure.Pages, 1)),
        ("dollars|dollar|bucks|buck|usd|euros|euro|eur|pounds|quid|gbp", (Measure.Price, 1)), ("stars|star", (Measure.Rating, 1)),
        ("kg|kgs|kilo|kilos|kilogram|kilograms", (Measure.Weight, 1)), ("g|gram|grams", (Measure.Weight, 0.001)),
        ("lb|lbs", (Measure.Weight, NumericFacet.Pound)), ("inches|inch", (Measure.Diagonal, 1)));

    private static readonly CueTable<bool> Half = new(("and a half", true));
    private static readonly CueTable<Amount> Spoken = new(
        ("an hour and a half|one and a half hours", new Amount(Measure.Duration, 90, 1)), ("half an hour", new Amount(Measure.Duration, 30, 1)),
        ("an hour", new Amount(Measure.Duration, 60, 1)));

    private static readonly TokenListParser<Lexeme, double> Digits =
        from number in Next(one => one.Word.Kind is WordKind.Number && double.IsFinite(one.Word.Number))
        from thousand in Next(one => one.Word.IsGlued && one.Text is "k").Maybe()
        select number.Word.Number * (thousand ? 1_000 : 1);

    private static readonly TokenListParser<Lexeme, double> InWords = First(
        from tens in Phrase(Tens) from ones in Phrase(Small).Where(ones => ones < 10).Try().OptionalOrDefault() select tens + ones,
        Phrase(Small));

    /// <summary>A number without a unit.</summary>
    public static readonly TokenListParser<Lexeme, double> Number =
        from number in First(Digits, InWords, Phrase(new CueTable<double>(("a hundred", 100), ("a thousand", 1_000), ("a million", 1_000_000))))
        from multiple in Phrase(Multiples).OptionalOrDefault(1)
        from half in Phrase(Half).Maybe()
        select (number * multiple) + (half ? 0.5 : 0);

    private static readonly TokenListParser<Lexeme, (Measure Measure, double Scale)> Unit =
        from unit in First(Phrase(Units), Next(one => one.Word.Kind is WordKind.Currency).Select(_ => (Measure.Price, 1.0)))
        from ending in AnyOf("long").Maybe()
        select unit;

    private static readonly TokenListParser<Lexeme, Amount> Priced =
        from sign in Next(one => one.Word.Kind is WordKind.Currency)
        from number in Number
        from unit in Phrase(new CueTable<bool>(("dollars|usd|euros|eur|pounds", true))).Maybe()
        select new Amount(Measure.Price, number, 1);

    private static readonly TokenListParser<Lexeme, Amount> HoursAndMinutes =
        from hours in Number
        from unit in Unit.Where(unit => unit is (Measure.Duration, 60))
        from and in AnyOf("and").Maybe()
        from minutes in Number
        from minute in Unit.Where(unit => unit is (Measure.Duration, 1)).Try().Maybe()
        select new Amount(Measure.Duration, (hours * 60) + minutes, 1);

    private static readonly TokenListParser<Lexeme, Amount> Counted =
        from number in Number
        from unit in Unit
        from half in Phrase(Half).Maybe()
        select new Amount(unit.Measure, number + (half ? 0.5 : 0), unit.Scale);

    /// <summary>A number whose unit says what it measures.</summary>
    public static readonly TokenListParser<Lexeme, Amount> Measured = First(
        Priced, Phrase(Spoken).Then(amount => AnyOf("long").Maybe().Select(_ => amount)), HoursAndMinutes, Counted);

    /// <summary>A number with a unit or without one.</summary>
    public static readonly TokenListParser<Lexeme, Amount> Any = First(Measured, Number.Select(number => new Amount(null, number, 1)));
}
