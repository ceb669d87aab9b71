using System.Collections.Immutable;
using AgentRec.Language.Text;
using AgentRec.Language.Vocabularies;
using Superpower;
using Superpower.Model;
using static AgentRec.Language.Grammar.Pieces;

namespace AgentRec.Language.Grammar;

/// <summary>
/// The grammar of requests: a request is a run of clauses, each the first alternative that fits. The last alternative takes any
/// word, so that every request is parsed, whatever it says.
/// </summary>
/// <param name="vocabulary">The catalogue's vocabulary.</param>
/// <param name="words">The request.</param>
internal sealed class RequestGrammar(Vocabulary vocabulary, ImmutableArray<Word> words)
{
    /// <summary>Between a negation and what is negated.</summary>
    private const int NegationReach = 8;

    /// <summary>Shorter titles are common words too often to be taken for titles in the middle of a sentence.</summary>
    private const int ShortestTitleInside = 3;

    private static readonly CueTable<bool> Negators = new(
        ("not|no|no more|without|never|non|anything but|everything but|all but|except|except for|other than|apart from|aside from|avoid|exclude|excluding|hate|dislike|minus|nothing", true),
        ("dont like|do not like|dont want|do not want|didnt like|did not like|didnt enjoy|dont enjoy|do not enjoy|cant stand|can not stand|cannot stand|tired of|sick of|fed up with|enough of", true),
        ("isnt|arent|wasnt|is not|are not|rather not|skip|dont show me|do not show me|dont recommend|dont give me|instead of|neither|everything except|anything except", true));

    private static readonly CueTable<bool> LikeCues = new(
        ("like|more like|similar to|in the style of|in the vein of|along the lines of|reminds me of|reminiscent of|comparable to|such as|the same as|close to", true),
        ("i loved|i liked|i enjoyed|i love|i enjoy|i adored|i really liked|i really loved|i really enjoyed|loved|liked|enjoyed", true));

    /// <summary>Says that what follows is known already.</summary>
    internal static readonly CueTable<bool> SeenCues = new(
        ("ive seen|i have seen|ive already seen|i have already seen|already seen|i saw|seen|ive read|i have read|ive already read|i have already read|already read", true),
        ("i already own|i own|already own|i already have|already have|i have already watched|ive watched|ive already watched|already watched|i know|i already know|i already saw|i already read|i already bought", true));

    private static readonly CueTable<bool> Polite = new(
        ("would like|id like|i would like|feel like|d like|like to|would love|thank you|thank you very much|many thanks|good morning|good evening|good afternoon|very much|surprise me|help me|of course|at all", true),
        ("must be|has to be|have to be|must have|it must|do you have|in the mood for|a lot|lots of|by the way|as well|please help|no problem|i dont know|im not sure|what about|how about|kind of|sort of|type of|type", true));

    private static readonly CueTable<bool> ForwardHedges = new(
        ("preferably|ideally|maybe|perhaps|hopefully|id prefer|i would prefer|i prefer|prefer|preferring|best if|it would be nice if it was|it would be nice if it were|it would be nice if|would be nice if it was|would be nice if|if possible|rather", true));

    private static readonly CueTable<bool> BackwardHedges = new(
        ("if possible|if you can|if you have it|if you have any|would be nice|would be great|if you can avoid it|if at all possible|but not required|is a plus|would be a plus|if available", true));

    private static readonly CueTable<bool> CountLeads = new(
        ("give me|show me|just|only|exactly|top|recommend me|recommend|suggest|find me|i need|i want|list|pick|get me|give|show|the top", true));

    private static readonly TokenListParser<Lexeme, Lexeme> Unknown = Next(one =>
        one.Word.Kind is WordKind.Word && !CommonWords.All.Contains(one.Text) && one.Value is null && one.Facet is null);

    /// <summary>A word that says something, though nothing comes of it as a value.</summary>
    private static readonly TokenListParser<Lexeme, Lexeme> Telling = Next(one =>
        one.Word.Kind is WordKind.Word && !CommonWords.All.Contains(one.Text) && one.Facet is null);

    private static readonly TokenListParser<Lexeme, Lexeme> FillerWord = AnyOf(CommonWords.Fillers);
    private static readonly TokenListParser<Lexeme, Lexeme> Adverbs = AnyOf("a bit little way much far just all really very also still clearly");
    private static readonly TokenListParser<Lexeme, Lexeme> Is = AnyOf("was is looks seems were are feels sounds looked seemed felt");

    private static readonly TokenListParser<Lexeme, Clause> Praise = (
        from target in TargetGrammar.Shown
        from verb in Is
        from adverbs in Adverbs.UpTo(2)
        from praise in AnyOf("great good nice perfect excellent lovely awesome amazing brilliant interesting fantastic wonderful best right")
        select new Like(target)).Placed();

    private static readonly TokenListParser<Lexeme, Clause> NoneShown = (
        from none in Phrase(new CueTable<bool>(("none of these|none of them|none of those|not these|not those|no more of these|something else entirely|none of the above", true)))
        select new Exclusion(new Target.AllShown())).Placed();

    private static readonly TokenListParser<Lexeme, Lexeme> Noise = Next(one =>
        one.Word.Kind is WordKind.Word && CommonWords.Fillers.Contains(one.Text) && one.Text is not ("and" or "or" or "nor" or "but" or "please"));

    private static readonly TokenListParser<Lexeme, Clause> NegatedLimit = (
        from negator in Phrase(Negators)
        from noise in Noise.UpTo(NegationReach)
        from limit in First(LimitGrammar.Comparison, LimitGrammar.Led)
        where limit.Bounds is [{ Op: not null }]
        select LimitGrammar.Negated(limit)).Placed();

    private static readonly TokenListParser<Lexeme, Clause> NegatedDecades = (
        from negator in Phrase(Negators)
        from noise in Noise.UpTo(NegationReach)
        from decades in LimitGrammar.DecadeList
        select decades with { IsNegated = true }).Placed();

    private static readonly TokenListParser<Lexeme, Clause> NegatedValues = (
        from negator in Phrase(Negators)
        from values in AfterNoise(ValueGrammar.SeveralUnwanted)
        select values).Placed();

    private static readonly TokenListParser<Lexeme, Clause> RejectedTarget = (
        from target in TargetGrammar.Shown
        from negation in Phrase(new CueTable<bool>(("is not for me|isnt for me|was not for me|wasnt for me|is boring|was boring|was bad|is bad|was terrible|is not what i want|isnt what i want|was awful|is wrong", true)))
        select new Exclusion(target)).Placed();

    /// <summary>What is not wanted must not be looked for, even where nobody knows what it is.</summary>
    private static readonly TokenListParser<Lexeme, Clause> NegatedUnknown = (
        from negator in Phrase(Negators)
        from noise in Noise.UpTo(NegationReach)
        from too in AnyOf("too").Maybe()
        from unknown in Telling
        from others in (from link in AnyOf("or nor").Maybe() from other in Unknown select other).Try().Many()
        select new Unread(IsWanted: false)).Placed();

    private static readonly TokenListParser<Lexeme, Clause> TooMuch = First(
        (from too in AnyOf("too") from degree in Phrase(Degrees.Plain) select new Unread(IsWanted: false)).Placed(),
        (from too in AnyOf("too") from word in Unknown select new Unread(IsWanted: false)).Placed());

    /// <summary>"Less war" and "not only comedies" are neither a wish for it nor one without it.</summary>
    private static readonly TokenListParser<Lexeme, Clause> Undecided = (
        from cue in Phrase(new CueTable<bool>(("less|fewer|not necessarily|not only|not just|not merely|not so much|not as much|not as many|not so many", true)))
        from noise in AnyOf("a an the of").UpTo(2)
        from value in ValueGrammar.One
        select new Unread(IsWanted: false)).Placed();

    private static readonly TokenListParser<Lexeme, Clause> Superlative = (
        from sorted in Phrase(new CueTable<bool>(("sorted by|sort by|ordered by|order by|by", true))).Then(_ => LimitGrammar.Facet).Then(_ => Next(one => one.Text is ",").Maybe()).Try().Maybe()
        from degree in Phrase(Degrees.Superlative)
        from first in AnyOf("first").Maybe()
        select new Order(degree)).Placed();

    private static readonly TokenListParser<Lexeme, Clause> Counted = (
        from lead in Phrase(CountLeads).Maybe()
        from number in AmountGrammar.Number
        where double.IsInteger(number) && (lead || number != 1)
        select new Count(number)).Placed();

    private static readonly TokenListParser<Lexeme, Clause> Breaks = First(
        Next(one => one.Word.Kind is WordKind.Separator).Select(_ => new Break()).Placed(),
        AnyOf("but").Select(_ => new Break()).Placed());

    private static readonly TokenListParser<Lexeme, Clause> Hedges = First(
        Phrase(BackwardHedges).Select(_ => new Hedge(IsForward: false)).Placed(),
        Phrase(ForwardHedges).Select(_ => new Hedge(IsForward: true)).Placed());

    private static readonly TokenListParser<Lexeme, Clause> Fillers = First(
        Phrase(Polite).Select(_ => new Filler()).Placed(),
        FillerWord.Select(_ => new Filler()).Placed(),
        Next(one => one.Word.Kind is WordKind.Dash or WordKind.Currency or WordKind.Hash).Select(_ => new Filler()).Placed());

    private static readonly TokenListParser<Lexeme, Clause> AnyWord = Next(_ => true).Select(_ => new Unread(IsWanted: true)).Placed();

    /// <summary>Cuts the request into clauses.</summary>
    /// <param name="tokens">The request's tokens.</param>
    public ImmutableArray<Clause> Parse(TokenList<Lexeme> tokens) => new NegatedLists(words).Spread([.. Clauses().Many().Parse(tokens)]);

    private static TokenListParser<Lexeme, T> AfterNoise<T>(TokenListParser<Lexeme, T> parser) => input =>
    {
        var rest = input;
        for (var word = 0; word <= NegationReach; word++)
        {
            var result = parser(rest);
            if (result.HasValue)
                return TokenListParserResult.Value(result.Value, input, result.Remainder);
            var noise = Noise(rest);
            if (!noise.HasValue)
                break;
            rest = noise.Remainder;
        }
        return TokenListParserResult.Empty<Lexeme, T>(input);
    };

    /// <summary>Several targets in one breath: "the first or the third". What has a verb of its own behind it is another thought.</summary>
    private static TokenListParser<Lexeme, Target> Several(TokenListParser<Lexeme, Target> target) =>
        from first in target
        from others in First(
            from link in AnyOf("or nor") from next in target select next,
            from link in AnyOf("and") from next in target from end in Unless(Is) select next).Repeated(NegationReach)
        select others.IsEmpty ? first : new Target.Several([first, .. others]);

    /// <summary>
    /// A title by itself that says more than common words, and more than a value does. A single word is a title where it is written as a
    /// name, or where the words before it speak of items.
    /// </summary>
    private TokenListParser<Lexeme, Target> Title(bool isCalledFor) => input =>
    {
        var match = TargetGrammar.Title(vocabulary.Titles, words, isStrict: true)(input);
        if (!match.HasValue)
            return TokenListParserResult.Empty<Lexeme, Target>(input);
        var (first, length) = (input.ConsumeToken().Value, match.Value.Length);
        var isName = isCalledFor || length > 1 || char.IsUpper(first.Span.Source![first.Kind.Word.Start]);
        return isName && !(first.Kind.Value is { IsCorrected: false } value && value.Length >= length) && words[first.Kind.Place..(first.Kind.Place + length)].Any(word => !CommonWords.All.Contains(word.Text))
            ? TokenListParserResult.Value<Lexeme, Target>(new Target.Titled(match.Value), input, match.Remainder)
            : TokenListParserResult.Empty<Lexeme, Target>(input);
    };

    /// <summary>How many are wanted. "We are four" and "my three kids" count somebody else.</summary>
    private TokenListParser<Lexeme, Clause> CountedItems() => input =>
    {
        var counted = Counted(input);
        return counted.HasValue && input.Position > 0 && words[input.Position - 1].Text is "are" or "were" or "my" or "our" or "his" or "her" or "their" or "with"
            ? TokenListParserResult.Empty<Lexeme, Clause>(input)
            : counted;
    };

    private TokenListParser<Lexeme, Clause> Clauses()
    {
        var exactTitle = TargetGrammar.Title(vocabulary.Titles, words, isStrict: true).Select(match => (Target)new Target.Titled(match));
        var title = TargetGrammar.Title(vocabulary.Titles, words, isStrict: false).Select(match => (Target)new Target.Titled(match));
        var named = First(TargetGrammar.Shown, title);

        var titled = TargetGrammar.Title(vocabulary.Titles, words, isStrict: true).Where(match => match.Length >= ShortestTitleInside).Select(match => new Titled(match)).Placed();
        var tooMuch = (
            from target in First(TargetGrammar.Shown, TargetGrammar.All, exactTitle)
            from verb in Is.Maybe()
            from adverbs in Adverbs.UpTo(3)
            from too in AnyOf("too")
            from degree in Phrase(Degrees.Plain)
            select new Relative(degree with { IsMore = !degree.IsMore }, target)).Placed();
        var tooOdd = TooOdd();
        var like = (
            from cue in Phrase(LikeCues)
            from target in First(named, AnyOf("the a").Then(_ => title))
            select new Like(target)).Placed();
        var than = (
            from negator in Phrase(Negators).Maybe()
            from noise in Noise.UpTo(NegationReach)
            from degree in Phrase(Degrees.Comparative)
            from word in AnyOf("than")
            from target in First(named, AnyOf("the").Then(_ => title))
            select new Relative(degree, target, negator)).Placed();
        var seen = (
            from cue in Phrase(SeenCues)
            from target in Several(First(TargetGrammar.Shown, TargetGrammar.All, Title(isCalledFor: true)))
            select new Exclusion(target)).Placed();
        var negatedTarget = (
            from negator in Phrase(Negators)
            from target in AfterNoise(Several(First(TargetGrammar.Shown, Title(isCalledFor: false))))
            select new Exclusion(target)).Placed();
        var relative = Phrase(Degrees.Comparative).Select(degree => new Relative(degree, null)).Placed();
        var pointed = TargetGrammar.Shown.Select(target => new Like(target)).Placed();

        return First(
            Breaks, titled, ImpatienceGrammar.Clause, ForgetGrammar.Clause, Hedges, Praise, seen, NoneShown, tooMuch, tooOdd, RejectedTarget, like, than,
            Undecided, NegatedLimit, negatedTarget, NegatedDecades, NegatedValues, NegatedUnknown, TooMuch,
            LimitGrammar.Century.Placed(), LimitGrammar.Range.Placed(), LimitGrammar.Led.Placed(), LimitGrammar.Comparison.Placed(), LimitGrammar.Roughly.Placed(),
            Superlative, relative, LimitGrammar.DecadeList.Placed(), ValueGrammar.Several.Placed(), LimitGrammar.Alone.Placed(), CountedItems(), pointed, Fillers, AnyWord);
    }

    /// <summary>"The first is too violent": why is not understood, but the item is not wanted.</summary>
    private static TokenListParser<Lexeme, Clause> TooOdd() => input =>
    {
        var said = (
            from target in TargetGrammar.Shown
            from verb in Is
            from adverbs in Adverbs.UpTo(3)
            select target)(input);
        if (!said.HasValue)
            return TokenListParserResult.Empty<Lexeme, Clause>(input);
        var because = (from too in AnyOf("too") from word in Next(one => one.Word.Kind is WordKind.Word) select word)(said.Remainder);
        return because.HasValue
            ? new TokenListParser<Lexeme, Exclusion>(_ => TokenListParserResult.Value(new Exclusion(said.Value, said.Remainder.Position), input, because.Remainder)).Placed()(input)
            : TokenListParserResult.Empty<Lexeme, Clause>(input);
    };
}
