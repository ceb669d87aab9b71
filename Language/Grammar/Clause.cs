using System.Collections.Immutable;
using AgentRec.Domain;
using AgentRec.Language.Text;
using AgentRec.Language.Vocabularies;

namespace AgentRec.Language.Grammar;

/// <summary>A part of a request that says one thing. What it comes to is settled when all parts are known.</summary>
internal abstract record Clause
{
    /// <summary>The place of its first word.</summary>
    public int Start { get; init; }

    /// <summary>The place behind its last word, or beyond the end of the request.</summary>
    public int End { get; init; }
}

/// <summary>A mark or a word that sets parts of a request apart.</summary>
internal sealed record Break : Clause;

/// <summary>Words that ask for nothing.</summary>
internal sealed record Filler : Clause;

/// <summary>Words that nothing is made of.</summary>
/// <param name="IsWanted">True where they may be looked for as they are; false where they say what is not wanted.</param>
internal sealed record Unread(bool IsWanted) : Clause;

/// <summary>Says that what stands near it is a wish and no condition.</summary>
/// <param name="IsForward">True where it speaks of what follows.</param>
internal sealed record Hedge(bool IsForward) : Clause;

/// <summary>How values of a list belong together.</summary>
internal enum Junction
{
    /// <summary>There is one.</summary>
    None,

    /// <summary>Any of them.</summary>
    Or,

    /// <summary>All of them.</summary>
    And,
}

/// <summary>A value that was named.</summary>
/// <param name="Match">What the vocabulary makes of it.</param>
/// <param name="Facets">The facets that the words before it speak of; none where they do not tell.</param>
/// <param name="IsPlural">True where it was named in the plural.</param>
internal sealed record NamedValue(PhraseMatch<FacetValue> Match, ImmutableArray<string> Facets, bool IsPlural);

/// <summary>Values that are wanted, or not.</summary>
/// <param name="Named">The values.</param>
/// <param name="Junction">How they belong together.</param>
/// <param name="IsNegated">True where they are not wanted.</param>
internal sealed record Values(ImmutableArray<NamedValue> Named, Junction Junction, bool IsNegated) : Clause;

/// <summary>A number with its unit.</summary>
/// <param name="Measure">What it measures; null where no unit tells.</param>
/// <param name="Number">The number.</param>
/// <param name="Scale">The unit in units of the measure.</param>
internal sealed record Amount(Measure? Measure, double Number, double Scale);

/// <summary>A bound of a number.</summary>
/// <param name="Op">The comparison; null where the words do not tell.</param>
/// <param name="Amount">The number.</param>
internal sealed record Bound(ConstraintOperator? Op, Amount Amount);

/// <summary>Bounds of a number.</summary>
/// <param name="Bounds">The bounds.</param>
/// <param name="Measure">What is measured, where the words tell.</param>
/// <param name="Facet">The facet, where it is named.</param>
internal sealed record Limit(ImmutableArray<Bound> Bounds, Measure? Measure = null, string? Facet = null) : Clause;

/// <summary>Decades that are wanted, or not.</summary>
/// <param name="Starts">Their first years.</param>
/// <param name="IsNegated">True where they are not wanted.</param>
internal sealed record Decades(ImmutableArray<int> Starts, bool IsNegated) : Clause;

/// <summary>Something that a request points at.</summary>
internal abstract record Target
{
    /// <summary>An item that was named.</summary>
    /// <param name="Match">Its title.</param>
    public sealed record Titled(PhraseMatch<string> Match) : Target;

    /// <summary>A place of what was shown before.</summary>
    /// <param name="Number">The place, from 1; null: the last.</param>
    public sealed record Placed(int? Number) : Target;

    /// <summary>Everything that was shown before.</summary>
    public sealed record AllShown : Target;

    /// <summary>Several of these.</summary>
    /// <param name="Targets">Each of them.</param>
    public sealed record Several(ImmutableArray<Target> Targets) : Target;
}

/// <summary>More or less of a measure.</summary>
/// <param name="Measure">The measure.</param>
/// <param name="IsMore">True for more of it.</param>
internal sealed record Degree(Measure Measure, bool IsMore);

/// <summary>Wants what is like something.</summary>
/// <param name="Target">What it should be like.</param>
internal sealed record Like(Target Target) : Clause;

/// <summary>Wants more or less of a measure than something has.</summary>
/// <param name="Degree">More or less of what.</param>
/// <param name="Target">Than what; null: than what the request speaks of elsewhere.</param>
/// <param name="IsNegated">True where it must not be so.</param>
internal sealed record Relative(Degree Degree, Target? Target, bool IsNegated = false) : Clause;

/// <summary>Does not want something.</summary>
/// <param name="Target">What.</param>
/// <param name="Because">The place from which on a reason is given that nothing is made of.</param>
internal sealed record Exclusion(Target Target, int? Because = null) : Clause;

/// <summary>Wants much or little of a measure to come first.</summary>
/// <param name="Degree">Much or little of what.</param>
internal sealed record Order(Degree Degree) : Clause;

/// <summary>Wants so many.</summary>
/// <param name="Number">How many.</param>
internal sealed record Count(double Number) : Clause;

/// <summary>Asks for an item by its title.</summary>
/// <param name="Match">The title.</param>
internal sealed record Titled(PhraseMatch<string> Match) : Clause;

/// <summary>Takes back wishes about facets.</summary>
/// <param name="Facets">The facets.</param>
internal sealed record ForgetFacets(ImmutableArray<string> Facets) : Clause;

/// <summary>Takes back wishes about a value.</summary>
/// <param name="Value">The value.</param>
internal sealed record ForgetValue(NamedValue Value) : Clause;

/// <summary>Takes back a wish about a decade.</summary>
/// <param name="FirstYear">Its first year.</param>
internal sealed record ForgetDecade(int FirstYear) : Clause;

/// <summary>Takes back everything.</summary>
internal sealed record ForgetEverything : Clause;

/// <summary>Wants something to look at, and no more questions.</summary>
internal sealed record Impatient : Clause;
