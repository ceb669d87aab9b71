using System.Collections.Immutable;
using AgentRec.Domain;

namespace AgentRec.Negotiation.ItemAgency;

/// <summary>Who may bid, and what bids turn utilities into.</summary>
public static class Bidding
{
    /// <summary>The call to the candidates within half a band of the cut, nearest first; null when item agency is off.</summary>
    /// <param name="window">The candidates in canonical order.</param>
    /// <param name="cut">The utility of the opening's last item.</param>
    /// <param name="agency">The policy's terms.</param>
    public static BidCall? Call(ImmutableArray<Candidate> window, double cut, Agency agency)
    {
        if (!agency.IsOn)
            return null;
        var band = (double)agency.Band;
        var invited = window
            .Where(candidate => Math.Abs(candidate.Utility - cut) <= band / 2)
            .OrderBy(candidate => Math.Abs(candidate.Utility - cut))
            .Take(agency.Invited)
            .Select(candidate => candidate.Handle);
        return new BidCall(cut, band, (double)agency.Beta, [.. invited]);
    }

    /// <summary>The bids above 0 of invited items, each item once, taken into [0, beta], in the window's order.</summary>
    /// <param name="window">The candidates in canonical order.</param>
    /// <param name="call">The call.</param>
    /// <param name="bids">What came in.</param>
    public static ImmutableArray<Bid> Admit(ImmutableArray<Candidate> window, BidCall call, ImmutableArray<Bid> bids)
    {
        var invited = call.Invited.ToHashSet();
        var first = new Dictionary<int, Bid>();
        foreach (var bid in bids)
        {
            if (invited.Contains(bid.Handle) && bid.Amount > 0)
                first.TryAdd(bid.Handle, bid with { Amount = Math.Min(bid.Amount, call.Beta) });
        }
        return [.. window.Where(candidate => first.ContainsKey(candidate.Handle)).Select(candidate => first[candidate.Handle])];
    }

    /// <summary>
    /// Bids once advocates were heard: item agents and advocates have half of beta each, b(i) = own(i) / 2 + beta sides(i) / 4, where
    /// sides(i) of the two sides speak for the item. Only invited items can be spoken for, and no bid exceeds beta.
    /// </summary>
    /// <param name="bids">What came in.</param>
    /// <param name="call">The call.</param>
    /// <param name="arguments">What was said; without any, the bids are as they came in.</param>
    public static ImmutableArray<Bid> Heard(ImmutableArray<Bid> bids, BidCall call, ImmutableArray<Argument> arguments)
    {
        var spoken = arguments.Where(argument => call.Invited.Contains(argument.Handle)).GroupBy(argument => argument.Handle)
            .ToDictionary(said => said.Key, said => (Amount: call.Beta * said.DistinctBy(one => one.Side).Count() / 4, Reason: $"Spoken for: {said.First().Facet} {said.First().Value}."));
        if (spoken.Count == 0)
            return bids;
        var own = bids.Where(bid => bid.Amount > 0).DistinctBy(bid => bid.Handle).ToDictionary(bid => bid.Handle);
        return
        [
            .. call.Invited.Where(handle => own.ContainsKey(handle) || spoken.ContainsKey(handle)).Select(handle => new Bid(
                handle,
                (own.TryGetValue(handle, out var bid) ? Math.Min(bid.Amount, call.Beta) / 2 : 0) + spoken.GetValueOrDefault(handle).Amount,
                bid?.Reason ?? spoken[handle].Reason)),
        ];
    }

    /// <summary>s(i) = min(u(i) + b(i), max(u(i), cut + band/2)) for bidders, u(i) for all others.</summary>
    /// <param name="window">The candidates in canonical order.</param>
    /// <param name="call">The call; null when item agency is off.</param>
    /// <param name="bids">The bids that count.</param>
    /// <returns>By place in the window.</returns>
    public static double[] Standings(ImmutableArray<Candidate> window, BidCall? call, ImmutableArray<Bid> bids)
    {
        var amounts = bids.ToDictionary(bid => bid.Handle, bid => bid.Amount);
        var standings = new double[window.Length];
        for (var i = 0; i < standings.Length; i++)
        {
            var utility = window[i].Utility;
            standings[i] = call is not null && amounts.TryGetValue(window[i].Handle, out var amount)
                ? Math.Min(utility + amount, Math.Max(utility, call.Cut + (call.Band / 2)))
                : utility;
        }
        return standings;
    }
}
