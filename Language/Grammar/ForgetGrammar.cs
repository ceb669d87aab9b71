using Superpower;
using static AgentRec.Language.Grammar.Pieces;

namespace AgentRec.Language.Grammar;

/// <summary>Corrections: what is taken back of what was said before.</summary>
internal static class ForgetGrammar
{
    private static readonly CueTable<bool> Cues = new(
        ("forget about|forget|drop|ignore|remove|lose|scrap|clear|undo|cancel|never mind about|never mind|nevermind|i dont care about|i do not care about|dont care about|do not care about|take back|no longer care about", true));

    private static readonly CueTable<bool> Everything = new(
        ("start over|lets start over|start again|lets start again|start afresh|start from scratch|from scratch|begin again|start fresh|reset|reset everything|start anew", true),
        ("forget everything|forget all that|forget all of that|forget it all|forget it|clear everything|clear all|drop everything|forget all|undo everything|scrap everything|ignore everything i said", true));

    private static readonly CueTable<bool> NoMatter = new(
        ("doesnt matter|does not matter|dont matter|do not matter|is not important|isnt important|is irrelevant|is unimportant|is up to you|is not relevant", true));

    private static readonly CueTable<bool> AnyWillDo = new(("is fine|will do|works|is ok|is okay|goes|is good|are fine", true));

    private static readonly CueTable<bool> Forgiven = new(
        ("is fine again|is ok again|is okay again|is fine after all|is ok after all|is okay after all|is fine now|are fine again|are ok again|are okay again|are fine after all|are ok after all|are okay after all|are fine now", true));

    private static readonly TokenListParser<Lexeme, Lexeme> Articles = AnyOf("the my that about all a this");
    private static readonly TokenListParser<Lexeme, Lexeme> Nouns = AnyOf("limit limits constraint restriction filter requirement range thing part condition wish limitation");

    private static readonly TokenListParser<Lexeme, string> Facet =
        from articles in Articles.UpTo(2)
        from facet in LimitGrammar.Facet
        from noun in Nouns.Maybe()
        select facet;

    private static readonly TokenListParser<Lexeme, Clause> Facets = (
        from cue in Phrase(Cues)
        from first in Facet
        from others in (from link in Next(one => one.Text is "and" or "or" or ",") from more in AnyOf("and").Maybe() from facet in Facet select facet).Try().Many()
        select new ForgetFacets([first, .. others])).Placed();

    private static readonly TokenListParser<Lexeme, Clause> Value = (
        from cue in Phrase(Cues)
        from articles in Articles.UpTo(2)
        from value in ValueGrammar.One
        from noun in Nouns.Maybe()
        select new ForgetValue(value)).Placed();

    private static readonly TokenListParser<Lexeme, Clause> Decade = (
        from cue in Phrase(Cues)
        from articles in Articles.UpTo(2)
        from decade in LimitGrammar.Decade
        from noun in Nouns.Maybe()
        select new ForgetDecade(decade)).Placed();

    private static readonly TokenListParser<Lexeme, Clause> Unimportant = (
        from article in AnyOf("the").Maybe()
        from facet in LimitGrammar.Facet
        from rest in Phrase(NoMatter)
        select new ForgetFacets([facet])).Placed();

    private static readonly TokenListParser<Lexeme, Clause> AnyOfThem = (
        from any in AnyOf("any whatever whichever")
        from facet in LimitGrammar.Facet
        from rest in Phrase(AnyWillDo).Maybe()
        select new ForgetFacets([facet])).Placed();

    private static readonly TokenListParser<Lexeme, Clause> FineAgain = (
        from value in ValueGrammar.One
        from rest in Phrase(Forgiven)
        select new ForgetValue(value)).Placed();

    /// <summary>Something is to be forgotten, but nobody knows what.</summary>
    private static readonly TokenListParser<Lexeme, Clause> Something = (
        from cue in Phrase(new CueTable<bool>(("forget about|forget|ignore|never mind about|never mind|nevermind", true)))
        from articles in Articles.UpTo(2)
        from word in Next(one => one.Word.Kind is Text.WordKind.Word)
        select new Unread(IsWanted: false)).Placed();

    /// <summary>A correction.</summary>
    public static readonly TokenListParser<Lexeme, Clause> Clause = First(
        Phrase(Everything).Select(_ => new ForgetEverything()).Placed(), Facets, Decade, Value, Unimportant, AnyOfThem, FineAgain, Something);
}
