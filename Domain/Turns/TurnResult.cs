using System.Collections.Immutable;

namespace AgentRec.Domain;

/// <summary>Whether a turn ended in a slate or in a question.</summary>
public enum TurnKind
{
    /// <summary>A slate was shown.</summary>
    Slate,

    /// <summary>A question was asked instead.</summary>
    Question,
}

/// <summary>What a turn answered. This is the body of the HTTP answer and part of the durable turn record.</summary>
/// <param name="Turn">The number of the turn in its session, from 1.</param>
/// <param name="TurnId">The turn's id.</param>
/// <param name="Kind">Slate or question.</param>
/// <param name="Slate">The slate, where there is one.</param>
/// <param name="Question">The question, where there is one.</param>
/// <param name="CertificateId">The id of the slate's certificate.</param>
/// <param name="Negotiation">How the slate came about.</param>
/// <param name="Constraints">The constraints in force.</param>
/// <param name="NotUnderstood">Words of the message that nothing was made of.</param>
/// <param name="Degraded">Tools that were left out, and why.</param>
/// <param name="Timings">Milliseconds by stage; not repeatable.</param>
[GenerateSerializer, Immutable, Alias("agentrec.TurnResult")]
public sealed record TurnResult(
    [property: Id(0)] int Turn,
    [property: Id(1)] string TurnId,
    [property: Id(2)] TurnKind Kind,
    [property: Id(3)] Slate? Slate,
    [property: Id(4)] Question? Question,
    [property: Id(5)] string? CertificateId,
    [property: Id(6)] NegotiationSummary? Negotiation,
    [property: Id(7)] ImmutableArray<Constraint> Constraints,
    [property: Id(8)] ImmutableArray<string> NotUnderstood,
    [property: Id(9)] ImmutableArray<Degradation> Degraded,
    [property: Id(10)] ImmutableSortedDictionary<string, double> Timings);

/// <summary>The ordered list that is shown.</summary>
/// <param name="Items">The items, best first.</param>
[GenerateSerializer, Immutable, Alias("agentrec.Slate")]
public sealed record Slate([property: Id(0)] ImmutableArray<SlateItem> Items);

/// <summary>One place of a slate.</summary>
/// <param name="ItemId">The item's id.</param>
/// <param name="Title">The item's title.</param>
/// <param name="Rank">The place, from 1.</param>
/// <param name="Relevance">The relevance in steps of 0.05: finer figures could betray a history.</param>
/// <param name="Origins">The tools that brought the item in.</param>
/// <param name="Explanation">Why it is here.</param>
[GenerateSerializer, Immutable, Alias("agentrec.SlateItem")]
public sealed record SlateItem(
    [property: Id(0)] string ItemId,
    [property: Id(1)] string Title,
    [property: Id(2)] int Rank,
    [property: Id(3)] double Relevance,
    [property: Id(4)] ImmutableArray<string> Origins,
    [property: Id(5)] Explanation Explanation);

/// <summary>Why an item is in a slate.</summary>
/// <param name="Text">The reason in words.</param>
/// <param name="Evidence">What the words rest on; each piece was checked before it was shown. Empty when nothing in particular speaks for the item.</param>
[GenerateSerializer, Immutable, Alias("agentrec.Explanation")]
public sealed record Explanation([property: Id(0)] string Text, [property: Id(1)] ImmutableArray<Evidence> Evidence);

/// <summary>What kind of evidence a claim rests on.</summary>
public enum EvidenceKind
{
    /// <summary>An item of the user's own history.</summary>
    History,

    /// <summary>A fact of the catalogue.</summary>
    Fact,

    /// <summary>A constraint of the session that the item meets.</summary>
    Constraint,

    /// <summary>A rule that asked for the item.</summary>
    Rule,

    /// <summary>The item agent's bid.</summary>
    Bid,
}

/// <summary>One checkable piece of evidence.</summary>
/// <param name="Kind">What it rests on.</param>
/// <param name="ItemId">For history, and for facts that an item shares: the item of the user's own past.</param>
/// <param name="Facet">For facts and constraints: the facet.</param>
/// <param name="Value">For facts and constraints: the value; for rules: the rule's id.</param>
/// <param name="Text">The evidence in words.</param>
[GenerateSerializer, Immutable, Alias("agentrec.Evidence")]
public sealed record Evidence(
    [property: Id(0)] EvidenceKind Kind,
    [property: Id(1)] string? ItemId,
    [property: Id(2)] string? Facet,
    [property: Id(3)] string? Value,
    [property: Id(4)] string Text);

/// <summary>How a negotiation ended.</summary>
public enum NegotiationOutcome
{
    /// <summary>All rules hold and the user agent accepted.</summary>
    Agreed,

    /// <summary>All rules hold; the user agent's limit had to be exceeded.</summary>
    Arbitrated,

    /// <summary>No slate satisfies all hard rules: some were set to their nearest attainable bound.</summary>
    Relaxed,
}

/// <summary>What a client learns of the negotiation.</summary>
/// <param name="Protocol">The protocol's name.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Short">True when fewer items than asked for could be shown.</param>
/// <param name="Rounds">Rounds used.</param>
/// <param name="UtilityKept">U of the slate over U of the opening, two decimals; 1 when the opening's is 0.</param>
/// <param name="Relaxed">Hard rules that could not be met, each with the bound it asks for and the value it got.</param>
/// <param name="Counterfactuals">Where the turn asked for it: what the slate would have been without each hard or soft rule.</param>
[GenerateSerializer, Immutable, Alias("agentrec.NegotiationSummary")]
public sealed record NegotiationSummary(
    [property: Id(0)] string Protocol,
    [property: Id(1)] NegotiationOutcome Outcome,
    [property: Id(2)] bool Short,
    [property: Id(3)] int Rounds,
    [property: Id(4)] double UtilityKept,
    [property: Id(5)] ImmutableArray<Relaxation> Relaxed,
    [property: Id(6)] ImmutableArray<Counterfactual>? Counterfactuals = null);

/// <summary>What the slate would have been without a rule: same candidates, same bids, same protocol.</summary>
/// <param name="Rule">The rule's id.</param>
/// <param name="Sentence">The rule in words, where it has any.</param>
/// <param name="Slate">The item ids of the slate without the rule, best first.</param>
/// <param name="Entering">Those of them that the slate lacks because of the rule.</param>
/// <param name="Leaving">Items of the slate that are in it because of the rule.</param>
/// <param name="UtilityKept">What the slate without the rule would keep of the opening's utility, two decimals.</param>
[GenerateSerializer, Immutable, Alias("agentrec.Counterfactual")]
public sealed record Counterfactual(
    [property: Id(0)] string Rule,
    [property: Id(1)] string? Sentence,
    [property: Id(2)] ImmutableArray<string> Slate,
    [property: Id(3)] ImmutableArray<string> Entering,
    [property: Id(4)] ImmutableArray<string> Leaving,
    [property: Id(5)] double UtilityKept);

/// <summary>A hard rule that no slate could meet.</summary>
/// <param name="Rule">The rule's id.</param>
/// <param name="Bound">The bound it asks for.</param>
/// <param name="Value">The nearest value that could be attained.</param>
/// <param name="Reason">Why, in a sentence.</param>
[GenerateSerializer, Immutable, Alias("agentrec.Relaxation")]
public sealed record Relaxation(
    [property: Id(0)] string Rule,
    [property: Id(1)] double Bound,
    [property: Id(2)] double Value,
    [property: Id(3)] string Reason);

/// <summary>A tool that was left out of a turn.</summary>
/// <param name="Tool">The tool's name.</param>
/// <param name="Reason">Why.</param>
[GenerateSerializer, Immutable, Alias("agentrec.Degradation")]
public sealed record Degradation([property: Id(0)] string Tool, [property: Id(1)] string Reason);
