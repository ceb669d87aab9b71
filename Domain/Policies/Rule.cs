using System.Collections.Immutable;

namespace AgentRec.Domain;

/// <summary>One rule of a rule set.</summary>
/// <param name="Id">Unique in its rule set (see <see cref="Identifier"/>).</param>
/// <param name="Type">What the rule speaks about.</param>
/// <param name="Facet">
/// The facet it reads, stated or derived, or alternatives such as <c>provider|decade</c>, of which the first that an item has
/// counts (see <see cref="FacetNames.Alternatives"/>); null for types that read none.
/// </param>
/// <param name="Values">The facet values it is about; empty: all of them.</param>
/// <param name="AtLeast">The lower bound, where there is one.</param>
/// <param name="AtMost">The upper bound, where there is one.</param>
/// <param name="ForEach">True when the bound applies to every value that occurs in the slate by itself.</param>
/// <param name="Days">For <see cref="RuleType.FrequencyCap"/>: the period over which showings count, in days.</param>
/// <param name="Severity">What becomes of the rule when it cannot be met.</param>
/// <param name="Priority">Hard rules of a higher number are kept longer.</param>
/// <param name="Weight">For soft rules: what a full violation costs in the objective, in units of utility.</param>
/// <param name="Sentence">The rule in words, for objections and explanations.</param>
[GenerateSerializer, Immutable, Alias("agentrec.Rule")]
public sealed record Rule(
    [property: Id(0)] string Id,
    [property: Id(1)] RuleType Type,
    [property: Id(2)] string? Facet,
    [property: Id(3)] ImmutableArray<string> Values,
    [property: Id(4)] decimal? AtLeast,
    [property: Id(5)] decimal? AtMost,
    [property: Id(6)] bool ForEach,
    [property: Id(7)] int? Days,
    [property: Id(8)] RuleSeverity Severity,
    [property: Id(9)] int Priority,
    [property: Id(10)] decimal Weight,
    [property: Id(11)] string? Sentence)
{
    /// <summary>
    /// The id under which certificates report the rule that is always in force: nothing that the user has consumed is
    /// shown. No rule of a rule set may carry it.
    /// </summary>
    public const string NotConsumed = "notConsumed";

    /// <summary>The greatest place that a rule may name: no slate is longer.</summary>
    public const int GreatestPlace = TurnRequest.GreatestSlateSize;

    /// <summary>For <see cref="RuleType.Pin"/>: the place, from 1 to <see cref="GreatestPlace"/>.</summary>
    [Id(12)]
    public int? Place { get; init; }

    /// <summary>Equal by content.</summary>
    /// <param name="other">The other rule.</param>
    public bool Equals(Rule? other) =>
        other is not null
        && string.Equals(Id, other.Id, StringComparison.Ordinal)
        && Type == other.Type
        && string.Equals(Facet, other.Facet, StringComparison.Ordinal)
        && Values.SequenceEqual(other.Values, StringComparer.Ordinal)
        && AtLeast == other.AtLeast
        && AtMost == other.AtMost
        && ForEach == other.ForEach
        && Days == other.Days
        && Severity == other.Severity
        && Priority == other.Priority
        && Weight == other.Weight
        && string.Equals(Sentence, other.Sentence, StringComparison.Ordinal)
        && Place == other.Place;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(StableHash.Of(0, Id), Type, Severity, Priority);
}
