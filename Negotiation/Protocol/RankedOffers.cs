using System.Collections.Immutable;
using AgentRec.Domain;
using AgentRec.Negotiation.Rules;
using AgentRec.Negotiation.Search;

namespace AgentRec.Negotiation.Protocol;

/// <summary>The slates that agents would rather have, each from what it knows itself.</summary>
public static class RankedOffers
{
    /// <summary>
    /// The user agent's: its best by utility; with every round it gives up more of its own last places to items of the last
    /// offer, round by round a share of 1/R.
    /// </summary>
    /// <param name="offer">The user agent's own candidates in canonical order.</param>
    /// <param name="terms">How far the user gives way.</param>
    /// <param name="call">The call.</param>
    public static RankedOffer User(ImmutableArray<Candidate> offer, Concession terms, OfferCall call)
    {
        var rejected = call.Rejected.ToHashSet();
        var ranked = offer.OrderByDescending(candidate => candidate.Utility).Where(candidate => !rejected.Contains(candidate.Handle)).ToList();
        var own = ranked.Take(call.Size).ToList();
        var conceded = call.Size * Math.Min(call.Round - 1, terms.Rounds) / terms.Rounds;
        var taken = ranked.Where(candidate => call.LastOffer.Contains(candidate.Handle) && !own.Contains(candidate)).Take(conceded).ToList();
        var kept = own.Take(call.Size - taken.Count).Concat(taken).OrderByDescending(candidate => candidate.Utility);
        return new RankedOffer(AgentNames.User, [.. kept.Select(candidate => candidate.Handle)]);
    }

    /// <summary>The item agents' together: the best by standing.</summary>
    /// <param name="window">The candidates.</param>
    /// <param name="standings">Their standings.</param>
    /// <param name="rejected">Items voted out, by handle.</param>
    /// <param name="size">How many.</param>
    internal static RankedOffer Items(ImmutableArray<Candidate> window, double[] standings, ImmutableArray<int> rejected, int size)
    {
        var voted = rejected.ToHashSet();
        var ranked = Enumerable.Range(0, window.Length).OrderByDescending(place => standings[place]).Select(place => window[place].Handle).Where(item => !voted.Contains(item));
        return new RankedOffer(AgentNames.Items, [.. ranked.Take(size)]);
    }

    /// <summary>The policy agent's: the repaired order of utility, without what was voted out where the rules allow it.</summary>
    /// <param name="rules">The rule set that the policy agent holds itself.</param>
    /// <param name="window">The candidates in canonical order.</param>
    /// <param name="facets">The catalogue.</param>
    /// <param name="call">The call.</param>
    public static RankedOffer Policy(RuleSet rules, ImmutableArray<Candidate> window, IFacetSource facets, OfferCall call)
    {
        var length = Math.Min(call.Size, window.Length);
        var columns = RuleColumns.Build(rules, RuleColumns.Handles(window), facets, length, []);
        var rejected = call.Rejected.ToHashSet();
        double[] values = [.. window.Select(candidate => rejected.Contains(candidate.Handle) ? 0 : candidate.Utility)];
        var problem = new SearchProblem(values, length, columns, softness: 0);
        var slate = SlateRepair.Repair(problem) ?? problem.Order[..length];
        return new RankedOffer(AgentNames.Policy, [.. slate.Select(place => window[place].Handle)]);
    }
}
