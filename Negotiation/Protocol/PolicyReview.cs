using System.Collections.Immutable;
using AgentRec.Domain;
using AgentRec.Negotiation.Rules;

namespace AgentRec.Negotiation.Protocol;

/// <summary>The policy agent's view of a window: reviews slates of it against a rule set that the agent holds itself.</summary>
public sealed class PolicyReview
{
    private readonly RuleSet _rules;
    private readonly ImmutableArray<Candidate> _window;
    private readonly IFacetSource _facets;
    private RuleColumn[] _columns = [];
    private int _length = -1;
    private int[]? _byUtility;

    /// <summary>Prepares reviews of slates of a window; what only objections need is worked out with the first one.</summary>
    /// <param name="rules">The rule set that the policy agent holds itself.</param>
    /// <param name="window">The candidates in canonical order.</param>
    /// <param name="facets">The catalogue.</param>
    public PolicyReview(RuleSet rules, ImmutableArray<Candidate> window, IFacetSource facets)
    {
        _rules = rules;
        _window = window;
        _facets = facets.Under(rules.Strata);
    }

    /// <summary>Reports every rule that a slate does not meet.</summary>
    /// <param name="slate">The slate, by handle, best first.</param>
    /// <param name="relaxed">Hard rules that no slate can meet, with the bounds that stand in for theirs.</param>
    /// <exception cref="ArgumentException">The slate holds an item outside the window, or one twice.</exception>
    public Review Review(ImmutableArray<int> slate, ImmutableArray<RelaxedRule> relaxed)
    {
        var places = new int[slate.Length];
        for (var i = 0; i < slate.Length; i++)
        {
            places[i] = Place(slate[i]);
            if (places[i] < 0 || Array.IndexOf(places, places[i]) != i)
                throw new ArgumentException($"The slate holds handle {slate[i]} at place {i + 1}, which is outside the window or there twice.", nameof(slate));
        }
        var objections = ImmutableArray.CreateBuilder<Objection>();
        var facts = new CatalogueSlate(slate, _facets, history: null);
        AdmissibleChanges? changes = null;
        foreach (var rule in _rules.Rules)
        {
            var body = RuleBodies.Of(rule);
            if (body.Kind == RuleKind.Attested)
                continue;
            var reading = body.Read(RelaxedBounds.InForce(rule, relaxed), facts);
            if (reading.IsMet)
                continue;
            changes ??= new AdmissibleChanges(_window, ByUtility(), RelaxedBounds.InForce(Columns(places.Length), relaxed));
            objections.Add(new Objection(reading with { Rule = rule }, changes.For(rule, places)));
        }
        return new Review(objections.ToImmutable());
    }

    private int Place(int handle)
    {
        for (var place = 0; place < _window.Length; place++)
        {
            if (_window[place].Handle == handle)
                return place;
        }
        return -1;
    }

    private RuleColumn[] Columns(int length)
    {
        if (_length != length)
            (_columns, _length) = (RuleColumns.Build(_rules, RuleColumns.Handles(_window), _facets, length, []), length);
        return _columns;
    }

    private int[] ByUtility() => _byUtility ??= [.. Enumerable.Range(0, _window.Length).OrderByDescending(place => _window[place].Utility)];
}
