using System.Collections.Immutable;
using AgentRec.Domain;
using AgentRec.Negotiation.ItemAgency;
using AgentRec.Negotiation.Rules;
using AgentRec.Negotiation.Search;

namespace AgentRec.Negotiation.Protocol;

/// <summary>
/// The floor of one negotiation: opens it, keeps bids, standings and the rules in force, puts proposals to the policy agents
/// and to the user agent, and settles. A protocol decides which proposals are made, and when.
/// </summary>
internal sealed class Floor(string protocol, NegotiationTable table, IParties parties, Transcript transcript)
{
    /// <summary>Full searches that all searches of a negotiation together may come to.</summary>
    private const int SharedSearches = 4;

    private readonly ImmutableArray<Candidate> _opening = Opening.Of(table.Window.Candidates, table.SlateSize);
    private ImmutableArray<RelaxedRule> _relaxed = [];
    private SlateSearch? _search;
    private long _nodes;
    private bool _proven = true;
    private double? _bound;
    private CancellationToken _cancellationToken;

    public NegotiationTable Table => table;

    /// <summary>The candidates in canonical order; a place is an index into them.</summary>
    public ImmutableArray<Candidate> Window { get; } = table.Window.Candidates;

    /// <summary>How many items the slate will have.</summary>
    public int Length { get; } = Math.Min(table.SlateSize, table.Window.Candidates.Length);

    public Concession Terms => table.Rules.Concession;

    /// <summary>The call for bids; null when item agency is off.</summary>
    public BidCall? Call { get; private set; }

    /// <summary>The bids above 0.</summary>
    public ImmutableArray<Bid> Bids { get; private set; } = [];

    /// <summary>u by place.</summary>
    public double[] Utilities { get; private set; } = [];

    /// <summary>s by place.</summary>
    public double[] Standings { get; private set; } = [];

    /// <summary>The rules in force, relaxed bounds in place.</summary>
    public RuleColumn[] Columns { get; private set; } = [];

    /// <summary>A slate that keeps all hard rules in force.</summary>
    public int[] Feasible { get; private set; } = [];

    /// <summary>The repaired standing order, in slate order; null where swaps do not get there.</summary>
    public int[]? Repair { get; private set; }

    /// <summary>Agents that did not answer so far.</summary>
    public ImmutableArray<string> Absent => parties.Absent;

    /// <summary>True once the user agent could no longer recompute its offer.</summary>
    public bool IsStale { get; private set; }

    /// <summary>Opens: the user's own slate, bids, the rules that can be kept, and what the policy agents say to the opening.</summary>
    /// <returns>False when there is nothing to show.</returns>
    public async Task<bool> OpenAsync(CancellationToken cancellationToken)
    {
        _cancellationToken = cancellationToken;
        if (table.Widenings > 0)
            transcript.On(new Widened(table.Widenings, Window.Length));
        transcript.On(new Opened(Handles(_opening), Utility.Of(_opening), Length == 0 ? 0 : _opening[^1].Utility, Window.Length));
        if (Length == 0)
            return false;
        await CollectBidsAsync(cancellationToken);
        SettleRules();
        Explore();
        await ReviewAsync(Handles(_opening), 0, cancellationToken);
        return true;
    }

    /// <summary>Says something in the transcript.</summary>
    public void Say(NegotiationEvent step) => transcript.On(step);

    /// <summary>Tells what both sides give up from a round on.</summary>
    /// <param name="round">The round that begins.</param>
    /// <param name="lambda">How much of bids and wishes is still asked for.</param>
    public void Announce(int round, double lambda) =>
        Say(new Conceded(round, lambda, (double)(Terms.Maximum * round / Terms.Rounds), Limit(round)));

    /// <summary>The slate of greatest value under the rules in force, soft ones weighed by so much.</summary>
    /// <param name="values">By place.</param>
    /// <param name="softness">By what the weights of soft rules are multiplied.</param>
    public int[] Best(double[] values, double softness)
    {
        var answer = _search!.Best(values, softness, NodesLeft(), _cancellationToken);
        Count(answer.Nodes, answer.IsProven);
        return answer.Slate!;
    }

    /// <summary>What a search may still look at: all searches of a negotiation share their nodes; a part of a full search is always left.</summary>
    private long NodesLeft()
    {
        var full = SlateSearch.NodesUnder(Columns.Length);
        return Math.Clamp((SharedSearches * full) - _nodes, full / 8, full);
    }

    /// <summary>Counts the work of a search.</summary>
    /// <param name="nodes">Nodes looked at.</param>
    /// <param name="isProven">False when it ended at its limit.</param>
    /// <param name="bound">Where the search was for the greatest objective: no slate has a greater one.</param>
    public void Count(long nodes, bool isProven, double? bound = null)
    {
        _nodes += nodes;
        _proven &= isProven;
        _bound = bound ?? _bound;
    }

    /// <summary>The order of values with the swaps that bring it under the rules in force; null where swaps do not get there.</summary>
    /// <param name="values">By place.</param>
    public int[]? Repaired(double[] values) => SlateRepair.Repair(new SearchProblem(values, Length, Columns, softness: 0));

    /// <summary>A slate with what it is worth.</summary>
    /// <param name="places">In slate order.</param>
    /// <param name="origin">Where it comes from.</param>
    public Proposal Weigh(int[] places, ProposalOrigin origin)
    {
        var problem = new SearchProblem(Standings, Length, Columns, softness: 1);
        return new Proposal(
            [.. places.Select(place => Window[place].Handle)],
            [.. places],
            origin,
            Utility.Of([.. places.Select(place => Window[place])]),
            problem.WorthOf(places));
    }

    /// <summary>Puts a proposal to the policy agents, unless they have seen it, and then to the user agent.</summary>
    /// <returns>True when the rules allow it and the user agent accepts.</returns>
    public async Task<bool> PutAsync(Proposal proposal, int round, CancellationToken cancellationToken)
    {
        if (proposal.Origin != ProposalOrigin.Again)
            proposal.IsAdmissible = await ReviewAsync(proposal.Slate, round, cancellationToken);
        if (!proposal.IsAdmissible)
            return false;
        var response = await parties.RespondAsync(proposal.Slate, round, cancellationToken);
        IsStale = response.Stale;
        if (IsStale)
            return false;
        transcript.On(new Proposed(round, proposal.Origin, proposal.Slate, proposal.Utility, proposal.Objective, response.Accepted, response.Missed));
        return response.Accepted;
    }

    /// <summary>Asks the user agent once, at its last limit; where it refuses, its best slate under the rules is put to it.</summary>
    public async Task<NegotiationResult> PutOnceAsync(Proposal proposal, CancellationToken cancellationToken) =>
        await PutAsync(proposal, Terms.Rounds, cancellationToken)
            ? Settle(proposal, 1, isArbitrated: false)
            : await PutBestAsync(1, cancellationToken);

    /// <summary>Puts the user's best slate under the rules to it, at its last limit: what it refuses even so is arbitrated.</summary>
    public async Task<NegotiationResult> PutBestAsync(int rounds, CancellationToken cancellationToken)
    {
        if (IsStale)
            return Settle(null, rounds, isArbitrated: false);
        var best = Weigh(Best(Utilities, softness: 0), ProposalOrigin.Planner);
        var isAccepted = await PutAsync(best, Terms.Rounds, cancellationToken);
        return Settle(best.IsAdmissible && !IsStale ? best : null, rounds, isArbitrated: !isAccepted);
    }

    /// <summary>Asks all agents for their ranked offers.</summary>
    public ValueTask<ImmutableArray<RankedOffer>> OffersAsync(OfferCall call, CancellationToken cancellationToken) =>
        parties.OfferAsync(call, cancellationToken);

    /// <summary>Closes the negotiation.</summary>
    /// <param name="proposal">The slate; null: nothing to show, or the offer is stale.</param>
    /// <param name="rounds">Rounds used.</param>
    /// <param name="isArbitrated">True when the user agent refused it.</param>
    public NegotiationResult Settle(Proposal? proposal, int rounds, bool isArbitrated)
    {
        IsStale |= proposal is null && Length > 0;
        ImmutableArray<Candidate> slate = proposal is null ? [] : [.. proposal.Places.Select(place => Window[place])];
        var handles = Handles(slate);
        var facts = new CatalogueSlate(handles, table.Facets, history: null);
        ImmutableArray<RuleReading> readings =
            [.. table.Rules.Rules.Where(rule => RuleBodies.Of(rule).Kind == RuleKind.Recomputable).Select(rule => RuleBodies.Of(rule).Read(rule, facts))];
        var opening = Utility.InMillionths(_opening);
        var utility = Utility.InMillionths(slate);
        var exceeded = UserStance.Shortfall(opening, utility, Terms);
        var outcome = !_relaxed.IsEmpty && readings.Any(reading => !reading.IsMet && reading.Rule.Severity == RuleSeverity.Hard)
            ? NegotiationOutcome.Relaxed
            : isArbitrated ? NegotiationOutcome.Arbitrated : NegotiationOutcome.Agreed;
        if (isArbitrated && !IsStale)
            transcript.On(new Arbitrated(handles, proposal!.Utility, Limit(Terms.Rounds)));
        var bidCost = proposal is null || Bids.IsEmpty ? 0 : Math.Max(0, WithoutBids(proposal) - utility);
        if (!parties.Absent.IsEmpty && !IsStale)
            transcript.On(new StoodIn(parties.Absent));
        if (!IsStale)
            transcript.On(new Settled(outcome, handles, rounds, proposal?.Utility ?? 0, proposal?.Objective ?? 0));
        return new NegotiationResult(
            table,
            slate,
            IsStale,
            protocol,
            outcome,
            rounds,
            (double)opening / Millionths.One,
            (double)utility / Millionths.One,
            proposal?.Objective ?? 0,
            (double)bidCost / Millionths.One,
            (double)exceeded / Millionths.One,
            readings,
            _relaxed,
            Bids,
            parties.Absent,
            Repair is null ? [] : [.. Repair.Select(place => Window[place])],
            new SearchEffort(_nodes, _proven, _bound),
            transcript.Text,
            transcript.Digest);
    }

    private async Task CollectBidsAsync(CancellationToken cancellationToken)
    {
        Utilities = [.. Window.Select(candidate => candidate.Utility)];
        Call = Bidding.Call(Window, _opening[^1].Utility, table.Rules.Agency);
        if (Call is not null)
        {
            Bids = Bidding.Admit(Window, Call, await parties.BidAsync(Call, cancellationToken));
            transcript.On(new BidsPlaced(Call.Invited.Length, Bids));
        }
        Standings = Bidding.Standings(Window, Call, Bids);
    }

    private void SettleRules()
    {
        Columns = RuleColumns.Of(table);
        Repair = Repaired(Standings);
        if (Repair is not null)
        {
            Feasible = Repair;
        }
        else
        {
            var relaxing = RuleRelaxation.Relax(Columns, Utilities, Length, _cancellationToken);
            (Columns, Feasible, _relaxed) = (relaxing.Columns, relaxing.Feasible, [.. relaxing.Relaxed]);
            Count(relaxing.Nodes, relaxing.IsProven);
            if (!_relaxed.IsEmpty)
            {
                transcript.On(new RulesRelaxed(_relaxed));
                Repair = Repaired(Standings);
            }
        }
        Begin();
    }

    /// <summary>
    /// Gives a place to a new item where the user can bear it: if a slate under all rules that holds one still meets the
    /// user's last limit, holding one becomes a rule of this negotiation. It never costs a rule, a relaxation or an
    /// arbitration.
    /// </summary>
    private void Explore()
    {
        if (table.Exploring.IsEmpty || table.Rules.Agency.Exploration is not { Places: > 0 } exploration)
            return;
        var column = Exploring.Column(Window, table.Exploring, Math.Min(exploration.Places, Length), Length);
        if (column is null)
            return;
        RuleColumn[] columns = [.. Columns, column];
        var found = FeasibleSlate.Find(Standings, Length, columns, cancellationToken: _cancellationToken);
        Count(found.Nodes, isProven: true);
        if (found.Slate is not { } feasible)
            return;
        var search = new SlateSearch(columns, Window.Length, Length);
        search.Know(feasible);
        var best = search.Best(Utilities, softness: 0, cancellationToken: _cancellationToken);
        Count(best.Nodes, best.IsProven);
        var utility = Utility.InMillionths([.. best.Slate!.Select(place => Window[place])]);
        if (UserStance.Shortfall(Utility.InMillionths(_opening), utility, Terms) > 0)
            return;
        (Columns, Feasible) = (columns, best.Slate!);
        Repair = Repaired(Standings);
        Begin();
        transcript.On(new PlaceReserved([.. table.Exploring.Where(handle => Window.Any(candidate => candidate.Handle == handle))]));
    }

    private void Begin()
    {
        _search = new SlateSearch(Columns, Window.Length, Length);
        _search.Know(Feasible);
        if (Repair is not null)
            _search.Know(Repair);
    }

    private async Task<bool> ReviewAsync(ImmutableArray<int> slate, int round, CancellationToken cancellationToken)
    {
        var review = await parties.ReviewAsync(slate, _relaxed, cancellationToken);
        if (!review.Objections.IsEmpty)
            transcript.On(new Objected(round, slate, review.Objections));
        return review.IsAdmissible;
    }

    /// <summary>The utility that the user agent asks for in a round.</summary>
    private double Limit(int round) => (double)UserStance.Limit(Utility.InMillionths(_opening), Terms, round) / Millionths.One;

    /// <summary>U, in millionths, of the slate that the planner would ask for if nobody had bid.</summary>
    private long WithoutBids(Proposal agreed)
    {
        _search!.Know([.. agreed.Places]);
        return Utility.InMillionths([.. Best(Utilities, softness: 1).Select(place => Window[place])]);
    }

    private static ImmutableArray<int> Handles(ImmutableArray<Candidate> slate) => [.. slate.Select(candidate => candidate.Handle)];
}
