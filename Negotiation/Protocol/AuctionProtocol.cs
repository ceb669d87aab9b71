using AgentRec.Negotiation.Search;

namespace AgentRec.Negotiation.Protocol;

/// <summary>
/// Sells the places one by one, best first: candidates within one band of the best that the rules still allow contest a
/// place, and the greatest gain a_p n(u) + (1 - a_p) n(b) wins it, n being min-max over the contestants and bids resting on
/// the exposure that an item lacks. The weight of relevance, a_p = 0.1 + 0.9 (d_p / d_1)^0.1, falls with the place. (After the
/// second stage of TriRec, 2026: position-wise re-ranking of relevance and exposure.) A winner is told the price: the least
/// bid with which it would still have won.
/// </summary>
public sealed class AuctionProtocol : StandardProtocol
{
    /// <summary>The protocol's name.</summary>
    public const string ProtocolName = "auction";

    private const double LeastRelevanceWeight = 0.1;
    private const double WeightExponent = 0.1;

    /// <summary>How many candidates contest a place at most.</summary>
    private const int GreatestContest = 64;

    /// <inheritdoc/>
    public override string Name => ProtocolName;

    private protected override Task<NegotiationResult> DeliberateAsync(Floor floor, CancellationToken cancellationToken)
    {
        var bids = new double[floor.Window.Length];
        var placeOf = new Dictionary<int, int>(floor.Window.Length);
        for (var place = 0; place < floor.Window.Length; place++)
            placeOf[floor.Window[place].Handle] = place;
        foreach (var bid in floor.Bids)
            bids[placeOf[bid.Handle]] = bid.Amount;

        var problem = new SearchProblem(floor.Utilities, floor.Length, floor.Columns, softness: 0);
        var band = floor.Call?.Band ?? 0;
        var completion = new Completion(problem, floor.Repair ?? floor.Feasible);
        var sold = new int[floor.Length];
        for (var p = 0; p < sold.Length; p++)
        {
            var contest = Contest(problem, completion, band);
            var weight = LeastRelevanceWeight + ((1 - LeastRelevanceWeight) * Math.Pow(Utility.Discount(p + 1) / Utility.Discount(1), WeightExponent));
            var (winner, price) = Sell(contest, floor.Utilities, bids, weight, completion);
            completion.Fix(winner);
            sold[p] = winner;
            if (bids[winner] > 0)
                floor.Say(new PlaceSold(p + 1, floor.Window[winner].Handle, bids[winner], price));
        }
        // Rules about order come before the order of sale.
        var slate = problem.Positions.Length == 0 ? sold : problem.Arrange(sold) ?? floor.Repair ?? floor.Feasible;
        return floor.PutOnceAsync(floor.Weigh(slate, ProposalOrigin.Auction), cancellationToken);
    }

    /// <summary>The candidates within a band of the best that can still be brought in, best first.</summary>
    private static List<int> Contest(SearchProblem problem, Completion completion, double band)
    {
        var contest = new List<int>();
        var least = double.NegativeInfinity;
        foreach (var candidate in problem.Order)
        {
            if (completion.IsFixed(candidate))
                continue;
            if (contest.Count == GreatestContest || problem.Values[candidate] < least)
                break;
            if (contest.Count == 0 && !completion.Allows(candidate))
                continue;
            if (contest.Count == 0)
                least = problem.Values[candidate] - band;
            contest.Add(candidate);
        }
        return contest;
    }

    private static (int Winner, double Price) Sell(List<int> contest, double[] utilities, double[] bids, double weight, Completion completion)
    {
        var (leastUtility, rangeOfUtility) = Range(contest, utilities);
        var (leastBid, rangeOfBids) = Range(contest, bids);
        var ranked = contest
            .Select(candidate => (Candidate: candidate, Gain: (weight * Part(utilities[candidate])) + ((1 - weight) * PartOfBid(bids[candidate]))))
            .OrderByDescending(entry => entry.Gain)
            .ToList();
        // The best of the contest can be brought in, so that somebody always wins.
        var at = ranked.FindIndex(entry => completion.Allows(entry.Candidate));
        var winner = ranked[at].Candidate;
        var next = ranked.Skip(at + 1).Where(entry => completion.Allows(entry.Candidate)).Select(entry => entry.Gain).FirstOrDefault();
        var needed = weight < 1 ? (next - (weight * Part(utilities[winner]))) / (1 - weight) : 0;
        return (winner, Math.Clamp(leastBid + (needed * rangeOfBids), 0, bids[winner]));

        double Part(double utility) => rangeOfUtility > 0 ? (utility - leastUtility) / rangeOfUtility : 1;

        double PartOfBid(double bid) => rangeOfBids > 0 ? (bid - leastBid) / rangeOfBids : 0;
    }

    private static (double Least, double Range) Range(List<int> contest, double[] figures)
    {
        var least = contest.Min(candidate => figures[candidate]);
        return (least, contest.Max(candidate => figures[candidate]) - least);
    }
}
