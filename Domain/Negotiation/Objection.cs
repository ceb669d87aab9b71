using System.Collections.Immutable;

namespace AgentRec.Domain;

/// <summary>What the policy agents say of a slate.</summary>
/// <param name="Objections">Every rule that is not met; none: the slate is fine.</param>
[GenerateSerializer, Immutable, Alias("agentrec.Review")]
public sealed record Review([property: Id(0)] ImmutableArray<Objection> Objections)
{
    /// <summary>True when no hard or safety rule is violated.</summary>
    public bool IsAdmissible => Objections.All(objection => objection.Reading.Rule.Severity == RuleSeverity.Soft);
}

/// <summary>A policy agent's objection to a slate.</summary>
/// <param name="Reading">The rule with the slate's value.</param>
/// <param name="Changes">At most <see cref="GreatestChanges"/> admissible changes, those that cost the user least first.</param>
[GenerateSerializer, Immutable, Alias("agentrec.Objection")]
public sealed record Objection([property: Id(0)] RuleReading Reading, [property: Id(1)] ImmutableArray<Change> Changes)
{
    /// <summary>The greatest number of changes that an objection names.</summary>
    public const int GreatestChanges = 32;
}

/// <summary>What would bring a slate nearer to a rule without hurting another hard rule.</summary>
[GenerateSerializer, Immutable, Alias("agentrec.Change")]
public abstract record Change;

/// <summary>One item gives its place to another of the window.</summary>
/// <param name="Out">The item that leaves, by handle.</param>
/// <param name="In">The item that comes, by handle.</param>
[GenerateSerializer, Immutable, Alias("agentrec.Replace")]
public sealed record Replace([property: Id(0)] int Out, [property: Id(1)] int In) : Change;

/// <summary>An item moves to another place; only rules about positions ask for it.</summary>
/// <param name="From">Its place, from 1.</param>
/// <param name="To">The place it would have, from 1.</param>
[GenerateSerializer, Immutable, Alias("agentrec.Move")]
public sealed record Move([property: Id(0)] int From, [property: Id(1)] int To) : Change;

/// <summary>A hard rule that no slate can meet, with its nearest attainable bounds.</summary>
/// <param name="RuleId">The rule.</param>
/// <param name="AtLeast">The lower bound in force in place of the rule's own.</param>
/// <param name="AtMost">The upper bound in force in place of the rule's own.</param>
/// <param name="Reason">Why, in a sentence.</param>
[GenerateSerializer, Immutable, Alias("agentrec.RelaxedRule")]
public sealed record RelaxedRule(
    [property: Id(0)] string RuleId,
    [property: Id(1)] decimal? AtLeast,
    [property: Id(2)] decimal? AtMost,
    [property: Id(3)] string Reason);
