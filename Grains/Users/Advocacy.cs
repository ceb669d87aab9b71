using System.Collections;
using System.Collections.Immutable;
using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Planning;
using AgentRec.Grains.Serving;
using AgentRec.Negotiation.Rules;
using AgentRec.Negotiation.Windows;
using AgentRec.Recommenders;
using AgentRec.Recommenders.Dialogue;
using AgentRec.Recommenders.Memory;

namespace AgentRec.Grains.Users;

/// <summary>
/// What a user agent does in a turn, as functions of its memory: nominate candidates and put figures to a window. Evaluation
/// calls the same functions.
/// </summary>
internal sealed class Advocacy
{
    private readonly IFacetSource _facets;
    private readonly RuleSet _rules;
    private readonly UserMemory _memory;
    private readonly BitArray _out;
    private readonly BitArray? _shown;
    private readonly ImmutableArray<Constraint> _hard;
    private readonly Eligibility _eligibility;
    private readonly MemoryFacts _facts;
    private readonly UtilityModel _utility;
    private readonly ItemBeliefs _beliefs;

    /// <summary>Reads memory and rules once for a turn.</summary>
    /// <param name="memory">The user's memory.</param>
    /// <param name="facets">The catalogue.</param>
    /// <param name="rules">The rules in force.</param>
    /// <param name="constraints">The constraints in force.</param>
    /// <param name="evidence">What the session has learnt by asking.</param>
    /// <param name="noise">The assumed probability of an answer that has nothing to do with what is wanted.</param>
    /// <param name="now">The turn's time.</param>
    public Advocacy(
        UserMemory memory, IFacetSource facets, RuleSet rules, ImmutableArray<Constraint> constraints, SessionEvidence evidence, double noise, DateTimeOffset now)
    {
        (_memory, _facets, _rules) = (memory, facets, rules);
        _hard = [.. constraints.Where(constraint => constraint.Strength is ConstraintStrength.Hard)];
        _eligibility = new Eligibility(rules, facets);
        // A turn asks of every item: what can be is looked up once.
        _out = memory.ConsumedAmong(facets.Count).Or(_eligibility.PublicBars());
        _shown = _eligibility.LooksBack ? memory.ShownAmong(facets.Count) : null;
        _facts = new MemoryFacts(memory, facets, rules, now);
        _beliefs = new ItemBeliefs(evidence, facets, memory, noise);
        // What was answered moves beliefs, and must not count again as a wish.
        var answered = evidence.Answers.SelectMany(answer => answer.Constraints).ToHashSet();
        _utility = new UtilityModel(memory, facets, answered.Count == 0 ? constraints : constraints.RemoveAll(answered.Contains), now.ToUnixTimeMilliseconds());
    }

    /// <summary>What calibration rules need to know: how what the user took to spreads over their facets.</summary>
    public ImmutableArray<FacetShares> Targets => _facts.Targets;

    /// <summary>True when the item may be shown to this user in this turn.</summary>
    /// <param name="item">The item's handle.</param>
    public bool IsEligible(int item) =>
        !_out[item]
        && MeetsHardConstraints(item)
        && !_utility.IsNever(item)
        // Beside what was consumed, private rules look back on showings only.
        && (_shown?[item] is not true || _eligibility.PrivateBar(_facets.Item(item).ItemId, _facts) is null);

    /// <summary>Puts handles in the order of what is believed of them; without evidence they stay as they are.</summary>
    /// <param name="ranked">All handles, best first.</param>
    /// <param name="scores">The user's scores.</param>
    public int[] InOrderOfBelief(ReadOnlySpan<int> ranked, UserScores scores)
    {
        int[] handles = [.. ranked];
        if (_beliefs.IsEmpty)
            return handles;
        var means = new double[handles.Length];
        for (var place = 0; place < handles.Length; place++)
            means[place] = -_beliefs.Said(handles[place], scores.Relevance(handles[place])).Mean;
        int[] places = [.. Enumerable.Range(0, handles.Length)];
        Array.Sort(places, (one, other) => means[one] != means[other] ? means[one].CompareTo(means[other]) : one.CompareTo(other));
        return [.. places.Select(place => handles[place])];
    }

    /// <summary>
    /// Nominates the best eligible items, among them the best of what active bounds need, and of every facet value that the
    /// user stated to like, so that a stated preference can show.
    /// </summary>
    /// <param name="ranked">All handles, best first.</param>
    /// <param name="slateSize">The slate's size.</param>
    /// <param name="windowSize">How many are wanted.</param>
    /// <returns>The nominees, best first, the window that they extend, and how many items are eligible at all.</returns>
    public (ImmutableArray<int> Nominees, SelectedWindow Window, int Eligible) Nominate(ReadOnlySpan<int> ranked, int slateSize, int windowSize)
    {
        var eligible = new List<int>(ranked.Length);
        foreach (var item in ranked)
        {
            if (IsEligible(item))
                eligible.Add(item);
        }
        var window = WindowSelection.Settle(eligible, _facets, _rules, slateSize, windowSize);
        var places = new SortedSet<int>(window.Places);
        foreach (var liked in _memory.Stated.Where(stated => stated.Attitude is Attitude.Like))
        {
            var reserved = Enumerable.Range(0, eligible.Count)
                .Where(place => _facets.Values(eligible[place], liked.Facet).Contains(liked.Value, StringComparer.OrdinalIgnoreCase))
                .Take(slateSize)
                .Where(place => !places.Contains(place))
                .Take(CandidateWindow.GreatestSize - places.Count);
            places.UnionWith(reserved.ToArray());
        }
        return ([.. places.Select(place => eligible[place])], window, eligible.Count);
    }

    /// <summary>Puts figures to candidates; those that may not be shown are left out.</summary>
    /// <param name="window">Handles, each once.</param>
    /// <param name="asked">How well items answer the turn's words.</param>
    /// <param name="scores">The user's scores.</param>
    /// <param name="seed">Orders ties.</param>
    /// <returns>The candidates in canonical order.</returns>
    public ImmutableArray<Candidate> Value(ImmutableArray<int> window, ImmutableArray<Match> asked, RankedScores scores, ulong seed)
    {
        var similarity = asked.ToDictionary(match => match.Handle, match => match.Similarity);
        var candidates = window
            .Where(IsEligible)
            .Select(item =>
            {
                var relevance = scores.Scores.Relevance(item);
                return new Candidate(
                    item, _facets.Item(item).ItemId, scores.Scores.Raw[item], relevance,
                    _utility.Of(item, _beliefs.IsEmpty ? relevance : _beliefs.Of(item, relevance).Mean, similarity.GetValueOrDefault(item)));
            })
            .ToArray();
        Array.Sort(candidates, new CandidateOrder(seed));
        return [.. candidates];
    }

    private bool MeetsHardConstraints(int item)
    {
        foreach (var constraint in _hard)
        {
            if (!constraint.IsMetBy(_facets.Values(item, constraint.Facet)))
                return false;
        }
        return true;
    }
}
