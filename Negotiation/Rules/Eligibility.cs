using System.Collections;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using AgentRec.Domain;

namespace AgentRec.Negotiation.Rules;

/// <summary>
/// What safety rules that concern single items leave over. Public rules (exclusion, maturity) can be asked by anyone,
/// private ones (consumed, frequency cap) only by who holds the user's history.
/// </summary>
public sealed class Eligibility
{
    // Rule sets and catalogues do not change, and a turn asks of every item: the answer is kept as long as both are here.
    private static readonly ConditionalWeakTable<IFacetSource, ConditionalWeakTable<RuleSet, BitArray>> Barred = [];

    private readonly RuleSet _rules;
    private readonly IFacetSource _facets;
    private readonly (Rule Rule, RuleBody Body)[] _safety;

    /// <summary>Prepares the filter of a rule set.</summary>
    /// <param name="rules">The rule set in force.</param>
    /// <param name="facets">The catalogue.</param>
    public Eligibility(RuleSet rules, IFacetSource facets)
    {
        _rules = rules;
        _facets = facets.Under(rules.Strata);
        _safety = [.. rules.Rules.Where(rule => rule.Severity == RuleSeverity.Safety).Select(rule => (rule, RuleBodies.Of(rule)))];
    }

    /// <summary>True when a private safety rule beside <see cref="Rule.NotConsumed"/> is in force.</summary>
    public bool LooksBack => Array.Exists(_safety, rule => rule.Body.Kind == RuleKind.Attested);

    /// <summary>For those who ask of very many: by handle, true where a public safety rule keeps the item out. It must not be written to.</summary>
    public BitArray PublicBars() => Barred.GetOrCreateValue(_facets).GetValue(_rules, _ =>
    {
        var barred = new BitArray(_facets.Count);
        for (var handle = 0; handle < barred.Length; handle++)
            barred[handle] = PublicBar(handle) is not null;
        return barred;
    });

    /// <summary>The id of the first public safety rule that keeps an item out, or null.</summary>
    /// <param name="handle">The item.</param>
    public string? PublicBar(int handle)
    {
        foreach (var (rule, body) in _safety)
        {
            if (body.Kind == RuleKind.Recomputable && body.Bars(rule, _facets.Values(handle, rule.Facet!)))
                return rule.Id;
        }
        return null;
    }

    /// <summary>The id of the first private safety rule that keeps an item out, or null; <see cref="Rule.NotConsumed"/> is always in force.</summary>
    /// <param name="itemId">The item.</param>
    /// <param name="history">The user's history.</param>
    public string? PrivateBar(string itemId, IPrivateFacts history)
    {
        if (history.IsConsumed(itemId))
            return Rule.NotConsumed;
        foreach (var (rule, body) in _safety)
        {
            if (body.Kind == RuleKind.Attested && body.Bars(rule, itemId, history))
                return rule.Id;
        }
        return null;
    }

    /// <summary>The candidates that no safety rule keeps out, in the same order.</summary>
    /// <param name="candidates">The candidates.</param>
    /// <param name="history">The user's history.</param>
    public ImmutableArray<Candidate> Filter(IEnumerable<Candidate> candidates, IPrivateFacts history) =>
        [.. candidates.Where(candidate => PublicBar(candidate.Handle) is null && PrivateBar(candidate.ItemId, history) is null)];
}
