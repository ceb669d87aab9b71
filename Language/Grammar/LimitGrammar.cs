using System.Collections.Immutable;
using AgentRec.Domain;
using AgentRec.Language.Text;
using AgentRec.Language.Vocabularies;
using Superpower;
using static AgentRec.Language.Grammar.Pieces;

namespace AgentRec.Language.Grammar;

/// <summary>Bounds of numbers: comparisons, ranges, decades, centuries.</summary>
internal static class LimitGrammar
{
    private static readonly CueTable<ConstraintOperator> Before = new(
        ("under|below|less than|fewer than|before|lower than|prior to", ConstraintOperator.Lt),
        ("at most|up to|max|maximum|a maximum of|maximum of|no more than|not more than|no longer than|not longer than|no later than|within|not exceeding|no higher than|capped at|until|at the most", ConstraintOperator.Le),
        ("over|above|more than|greater than|after|higher than|exceeding|beyond", ConstraintOperator.Gt),
        ("at least|min|minimum|a minimum of|minimum of|no less than|not less than|no fewer than|not fewer than|since|no earlier than|starting from|starting at|at the least", ConstraintOperator.Ge),
        ("exactly|precisely", ConstraintOperator.Eq));

    private static readonly CueTable<ConstraintOperator> Behind = new(
        ("or less|or fewer|or under|or below|or cheaper|or shorter|or older|or earlier|or lower|or before|at most|max|maximum|tops|at the most|or lighter|or smaller|and under|and below|and older|and earlier", ConstraintOperator.Le),
        ("or more|or higher|or above|or over|or longer|or newer|or later|or better|or up|or greater|or after|at least|minimum|at the least|plus|onwards|onward|on|and later|and up|and newer|and above|and over|and after|or heavier|or bigger|or larger", ConstraintOperator.Ge));

    private static readonly CueTable<Measure> Leads = new(
        ("rated|scored|scoring|reviewed", Measure.Rating), ("priced|priced at|costs|costing|cost|cost me", Measure.Price), ("weighing|weighs", Measure.Weight));

    private static readonly CueTable<int> SpokenDecades = new(
        ("twenties", 1920), ("thirties", 1930), ("forties", 1940), ("fifties", 1950), ("sixties", 1960), ("seventies", 1970), ("eighties", 1980), ("nineties", 1990),
        ("noughties|two thousands", 2000));

    private static readonly TokenListParser<Lexeme, Lexeme> Links = AnyOf("of is are be should must to was from in a the has have");

    private static readonly TokenListParser<Lexeme, string> FacetName = input =>
    {
        var next = input.ConsumeToken();
        if (!next.HasValue || next.Value.Kind.Facet is not { IsCertain: true, Meanings: [var facet, ..] } match)
            return Superpower.Model.TokenListParserResult.Empty<Lexeme, string>(input);
        var rest = input;
        for (var word = 0; word < match.Length; word++)
            rest = rest.ConsumeToken().Remainder;
        return Superpower.Model.TokenListParserResult.Value(facet, input, rest);
    };

    /// <summary>The name of a facet.</summary>
    public static TokenListParser<Lexeme, string> Facet => FacetName;

    private static readonly TokenListParser<Lexeme, Bound> Compared = First(
        from op in Phrase(Before) from amount in AmountGrammar.Any select new Bound(op, amount),
        from amount in AmountGrammar.Any from op in Phrase(Behind) select new Bound(op, amount));

    private static readonly TokenListParser<Lexeme, Bound> Bounded = First(Compared, AmountGrammar.Any.Select(amount => new Bound(null, amount)));

    private static readonly TokenListParser<Lexeme, ImmutableArray<Bound>> Between =
        from lead in Phrase(new CueTable<bool>(("between", true), ("from", true), ("anywhere from", true))).Maybe()
        from low in AmountGrammar.Any
        from link in First(AnyOf("to and until through"), Next(one => one.Word.Kind is WordKind.Dash))
        from high in AmountGrammar.Any
        where lead || link.Text != "and"
        let bounds = Shared(low, high)
        select ImmutableArray.Create(new Bound(ConstraintOperator.Ge, bounds.Low), new Bound(ConstraintOperator.Le, bounds.High));

    /// <summary>A range.</summary>
    public static readonly TokenListParser<Lexeme, Limit> Range = Between.Select(bounds => new Limit(bounds));

    /// <summary>Bounds of a facet that is named, or meant by a verb.</summary>
    public static readonly TokenListParser<Lexeme, Limit> Led = First(
        from measure in Phrase(Leads) from links in Links.UpTo(2) from bounds in First(Between, Bounded.Select(bound => ImmutableArray.Create(bound))) select new Limit(bounds, measure),
        from facet in FacetName from links in Links.UpTo(3) from bounds in First(Between, Bounded.Select(bound => ImmutableArray.Create(bound))) select new Limit(bounds, Facet: facet),
        from op in Phrase(Before) from links in Links.UpTo(1) from facet in FacetName from more in Links.UpTo(2) from amount in AmountGrammar.Any select new Limit([new Bound(op, amount)], Facet: facet));

    /// <summary>A number with a comparison.</summary>
    public static readonly TokenListParser<Lexeme, Limit> Comparison = First(
        from adjective in Phrase(Degrees.Comparative)
        from than in AnyOf("than")
        from amount in AmountGrammar.Any
        select new Limit([new Bound(adjective.IsMore ? ConstraintOperator.Gt : ConstraintOperator.Lt, amount)], adjective.Measure),
        Compared.Select(bound => new Limit([bound])));

    /// <summary>A number that may only be meant roughly: nothing is made of it.</summary>
    public static readonly TokenListParser<Lexeme, Unread> Roughly =
        from word in Phrase(new CueTable<bool>(("around|about|roughly|approximately|circa|nearly|almost", true)))
        from amount in AmountGrammar.Measured
        select new Unread(IsWanted: false);

    /// <summary>A number that stands by itself: it has a unit, or is a year.</summary>
    public static readonly TokenListParser<Lexeme, Limit> Alone = First(
        AmountGrammar.Measured,
        Next(one => one.Word.Kind is WordKind.Number && Years.IsYear(one.Word.Number)).Select(year => new Amount(null, year.Word.Number, 1)))
        .Select(amount => new Limit([new Bound(null, amount)]));

    /// <summary>A decade.</summary>
    public static readonly TokenListParser<Lexeme, int> Decade = First(
        from number in Next(one => one.Word.Kind is WordKind.Number && Years.DecadeOf(one.Word) is not null)
        from plural in Next(one => one.Word.IsGlued && one.Text is "s")
        select Years.DecadeOf(number.Word)!.Value,
        Phrase(SpokenDecades));

    /// <summary>Decades, any of which will do.</summary>
    public static readonly TokenListParser<Lexeme, Decades> DecadeList =
        from first in Decade
        from others in (from link in AnyOf("or and") from the in AnyOf("the from in").UpTo(2) from next in Decade select next).Try().Many()
        select new Decades([first, .. others], IsNegated: false);

    /// <summary>A century.</summary>
    public static readonly TokenListParser<Lexeme, Limit> Century =
        from the in AnyOf("the").Maybe()
        from number in Next(one => one.Word.Kind is WordKind.Number && one.Word.Number is >= 1 and <= 21)
        from ending in Next(one => one.Word.IsGlued && one.Text is "st" or "nd" or "rd" or "th")
        from word in AnyOf("century")
        let last = number.Word.Number * 100
        select new Limit([new Bound(ConstraintOperator.Ge, new Amount(Measure.Year, last - 99, 1)), new Bound(ConstraintOperator.Le, new Amount(Measure.Year, last, 1))]);

    /// <summary>The same limit turned round: what is not over a bound is at most the bound.</summary>
    /// <param name="limit">A limit with one bound and a comparison.</param>
    public static Limit Negated(Limit limit) => limit with { Bounds = [.. limit.Bounds.Select(bound => bound with { Op = Negated(bound.Op) })] };

    private static ConstraintOperator? Negated(ConstraintOperator? op) => op switch
    {
        ConstraintOperator.Lt => ConstraintOperator.Ge,
        ConstraintOperator.Le => ConstraintOperator.Gt,
        ConstraintOperator.Gt => ConstraintOperator.Le,
        ConstraintOperator.Ge => ConstraintOperator.Lt,
        _ => ConstraintOperator.Ne,
    };

    /// <summary>"1 to 2 hours" means hours on both sides.</summary>
    private static (Amount Low, Amount High) Shared(Amount low, Amount high) =>
        (low.Measure, high.Measure) switch
        {
            (null, not null) => (high with { Number = low.Number }, high),
            (not null, null) => (low, low with { Number = high.Number }),
            _ => (low, high),
        };
}
