using System.Collections.Immutable;
using AgentRec.Domain;
using AgentRec.Negotiation.ItemAgency;
using AgentRec.Negotiation.Rules;
using AgentRec.Negotiation.Search;

namespace AgentRec.Negotiation.Protocol;

/// <summary>One negotiation under the concession protocol.</summary>
internal sealed class ConcessionRun(NegotiationTable table, IParties parties, Transcript transcript)
{
    private readonly ImmutableArray<Candidate> _window = table.Window.Candidates;
    private readonly int _length = Math.Min(table.SlateSize, table.Window.Candidates.Length);
    private readonly ImmutableArray<Candidate> _opening = Opening.Of(table.Window.Candidates, table.SlateSize);
    private readonly List<Proposal> _refused = [];
    private ImmutableArray<Bid> _bids = [];
    private double[] _utilities = [];
    private double[] _standings = [];
    private Relaxing _rules = new([], [], [], 0, IsProven: true);
    private ImmutableArray<RelaxedRule> _relaxed = [];
    private int[]? _repair;
    private SlateSearch? _search;
    private long _nodes;
    private bool _proven = true;
    private bool _stale;

    public async Task<NegotiationResult> RunAsync(CancellationToken cancellationToken)
    {
        if (table.Widenings > 0)
            transcript.On(new Widened(table.Widenings, _window.Length));
        transcript.On(new Opened(Handles(_opening), Utility.Of(_opening), _length == 0 ? 0 : _opening[^1].Utility, _window.Length));
        if (_length == 0)
            return Finish(null, 0, isArbitrated: false);
        await CollectBidsAsync(cancellationToken);
        SettleRules();
        await ReviewAsync(Handles(_opening), 0, cancellationToken);
        var terms = table.Rules.Concession;
        for (var round = 1; round <= terms.Rounds; round++)
        {
            if (round > 1)
                Concede(round);
            if (await AgreeAsync(round, cancellationToken) is { } agreed)
                return Finish(agreed, round, isArbitrated: false);
            if (_stale)
                return Finish(null, round, isArbitrated: false);
        }
        // The last planner's proposal was the best for the user under the rules.
        var last = _refused.LastOrDefault();
        _stale = last is null;
        return Finish(last, terms.Rounds, isArbitrated: true);
    }

    private async Task CollectBidsAsync(CancellationToken cancellationToken)
    {
        _utilities = [.. _window.Select(candidate => candidate.Utility)];
        var call = Bidding.Call(_window, _opening[^1].Utility, table.Rules.Agency);
        if (call is not null)
        {
            _bids = Bidding.Admit(_window, call, await parties.BidAsync(call, cancellationToken));
            transcript.On(new BidsPlaced(call.Invited.Length, _bids));
        }
        _standings = Bidding.Standings(_window, call, _bids);
    }

    private void SettleRules()
    {
        var columns = RuleColumns.Build(table.Rules, RuleColumns.Handles(_window), table.Facets);
        _repair = SlateRepair.Repair(new SearchProblem(_standings, _length, columns, softness: 0));
        _rules = _repair is not null
            ? new Relaxing(columns, [], _repair, 1, IsProven: true)
            : RuleRelaxation.Relax(columns, _standings, _length);
        _relaxed = [.. _rules.Relaxed];
        _search = new SlateSearch(_rules.Columns, _window.Length, _length);
        _search.Know(_rules.Feasible);
        Count(_rules.Nodes, _rules.IsProven);
        if (_relaxed.IsEmpty)
            return;
        transcript.On(new RulesRelaxed(_relaxed));
        _repair = SlateRepair.Repair(new SearchProblem(_standings, _length, _rules.Columns, softness: 0));
        if (_repair is not null)
            _search.Know(_repair);
    }

    private void Concede(int round)
    {
        var terms = table.Rules.Concession;
        var limit = UserStance.Limit(Utility.InMillionths(_opening), terms, round);
        transcript.On(new Conceded(round, Lambdas(round)[^1], (double)(terms.Maximum * round / terms.Rounds), (double)limit / Millionths.One));
    }

    /// <summary>What the planner asks for in a round: lambda falls from 1 to 0; a single round tries both ends.</summary>
    private double[] Lambdas(int round)
    {
        var rounds = table.Rules.Concession.Rounds;
        return rounds == 1 ? [1, 0] : [1 - ((round - 1.0) / (rounds - 1))];
    }

    /// <summary>Puts the round's proposals to the user agent, the highest objective first, and takes the first accepted.</summary>
    private async Task<Proposal?> AgreeAsync(int round, CancellationToken cancellationToken)
    {
        foreach (var lambda in Lambdas(round))
        {
            var fresh = new List<Proposal>();
            var known = _refused.Select(proposal => proposal with { Origin = ProposalOrigin.Again }).ToList();
            if (round == 1 && _repair is not null && _refused.Count == 0)
                fresh.Add(Propose(_repair, ProposalOrigin.Repair));
            fresh.Add(Propose(Search(lambda), ProposalOrigin.Planner));
            var candidates = known.Concat(fresh.Where(proposal => known.TrueForAll(old => !old.IsSame(proposal))))
                .OrderByDescending(proposal => proposal.Objective)
                .ThenBy(proposal => proposal.Origin);
            Proposal? previous = null;
            foreach (var proposal in candidates)
            {
                if (previous?.IsSame(proposal) == true)
                    continue;
                previous = proposal;
                if (await IsAcceptedAsync(proposal, round, cancellationToken))
                    return proposal;
                if (_stale)
                    return null;
            }
            // Kept in the order in which they were made: the planner's latest stands last.
            Keep(fresh);
        }
        return null;
    }

    private void Keep(List<Proposal> fresh)
    {
        foreach (var proposal in fresh)
        {
            var kept = _refused.Find(old => old.IsSame(proposal)) ?? proposal;
            _refused.Remove(kept);
            if (kept.IsAdmissible)
                _refused.Add(kept);
        }
    }

    private async Task<bool> IsAcceptedAsync(Proposal proposal, int round, CancellationToken cancellationToken)
    {
        if (proposal.Origin != ProposalOrigin.Again)
            proposal.IsAdmissible = await ReviewAsync(proposal.Slate, round, cancellationToken);
        if (!proposal.IsAdmissible)
            return false;
        var response = await parties.RespondAsync(proposal.Slate, round, cancellationToken);
        _stale = response.Stale;
        if (_stale)
            return false;
        transcript.On(new Proposed(round, proposal.Origin, proposal.Slate, proposal.Utility, proposal.Objective, response.Accepted, response.Missed));
        return response.Accepted;
    }

    private async Task<bool> ReviewAsync(ImmutableArray<int> slate, int round, CancellationToken cancellationToken)
    {
        var review = await parties.ReviewAsync(slate, _relaxed, cancellationToken);
        if (!review.Objections.IsEmpty)
            transcript.On(new Objected(round, slate, review.Objections));
        return review.IsAdmissible;
    }

    private int[] Search(double lambda)
    {
        var values = new double[_window.Length];
        for (var i = 0; i < values.Length; i++)
            values[i] = _utilities[i] + (lambda * (_standings[i] - _utilities[i]));
        var answer = _search!.Best(values, lambda);
        Count(answer.Nodes, answer.IsProven);
        return answer.Slate!;
    }

    private Proposal Propose(int[] places, ProposalOrigin origin)
    {
        var problem = new SearchProblem(_standings, _length, _rules.Columns, softness: 1);
        var state = new SlateState(problem.Columns);
        foreach (var place in places)
            state.Add(place);
        return new Proposal(
            [.. places.Select(place => _window[place].Handle)],
            [.. places],
            origin,
            Utility.Of([.. places.Select(place => _window[place])]),
            problem.ValueOf(places) - problem.PenaltyOf(state));
    }

    private NegotiationResult Finish(Proposal? proposal, int rounds, bool isArbitrated)
    {
        ImmutableArray<Candidate> slate = proposal is null ? [] : [.. proposal.Places.Select(place => _window[place])];
        var handles = Handles(slate);
        var facts = new CatalogueSlate(handles, table.Facets, history: null);
        ImmutableArray<RuleReading> readings =
            [.. table.Rules.Rules.Where(rule => RuleBodies.Of(rule).Kind == RuleKind.Recomputable).Select(rule => RuleBodies.Of(rule).Read(rule, facts))];
        var opening = Utility.InMillionths(_opening);
        var utility = Utility.InMillionths(slate);
        var exceeded = UserStance.Shortfall(opening, utility, table.Rules.Concession);
        var outcome = !_relaxed.IsEmpty && readings.Any(reading => !reading.IsMet && reading.Rule.Severity == RuleSeverity.Hard)
            ? NegotiationOutcome.Relaxed
            : isArbitrated ? NegotiationOutcome.Arbitrated : NegotiationOutcome.Agreed;
        if (isArbitrated && !_stale)
            transcript.On(new Arbitrated(handles, proposal!.Utility, (double)UserStance.Limit(opening, table.Rules.Concession, rounds) / Millionths.One));
        var bidCost = proposal is null || _bids.IsEmpty ? 0 : Math.Max(0, WithoutBids(proposal) - utility);
        if (!_stale)
            transcript.On(new Settled(outcome, handles, rounds, proposal?.Utility ?? 0, proposal?.Objective ?? 0));
        return new NegotiationResult(
            table,
            slate,
            _stale,
            ConcessionProtocol.Name,
            outcome,
            rounds,
            (double)opening / Millionths.One,
            (double)utility / Millionths.One,
            proposal?.Objective ?? 0,
            (double)bidCost / Millionths.One,
            (double)exceeded / Millionths.One,
            readings,
            _relaxed,
            _bids,
            _repair is null ? [] : [.. _repair.Select(place => _window[place])],
            new SearchEffort(_nodes, _proven),
            transcript.Text,
            transcript.Digest);
    }

    /// <summary>U, in millionths, of the slate that the planner would ask for if nobody had bid.</summary>
    private long WithoutBids(Proposal agreed)
    {
        _search!.Know([.. agreed.Places]);
        var answer = _search.Best(_utilities, softness: 1);
        Count(answer.Nodes, answer.IsProven);
        return Utility.InMillionths([.. answer.Slate!.Select(place => _window[place])]);
    }

    private void Count(long nodes, bool isProven)
    {
        _nodes += nodes;
        _proven &= isProven;
    }

    private static ImmutableArray<int> Handles(ImmutableArray<Candidate> slate) => [.. slate.Select(candidate => candidate.Handle)];
}

/// <summary>A slate on its way to the user agent.</summary>
internal sealed record Proposal(ImmutableArray<int> Slate, ImmutableArray<int> Places, ProposalOrigin Origin, double Utility, double Objective)
{
    /// <summary>False when the policy agents object to it, or have not seen it.</summary>
    public bool IsAdmissible { get; set; }

    public bool IsSame(Proposal other) => Slate.AsSpan().SequenceEqual(other.Slate.AsSpan());
}
