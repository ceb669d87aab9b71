using System.Collections.Immutable;
using AgentRec.Domain;

namespace AgentRec.Negotiation.Protocol;

/// <summary>
/// How the user agent answers a slate: from the candidates of its own pinned offer, never from numbers that come with the
/// slate.
/// </summary>
public static class UserStance
{
    /// <summary>How many missed items a refusal names.</summary>
    public const int GreatestMissed = 3;

    /// <summary>
    /// Accepts a slate that keeps (1 - eps_t) of the opening's utility, eps_t = eps_max t / R. A slate with an item outside
    /// the offer, or with one twice, is refused whatever it is worth.
    /// </summary>
    /// <param name="offer">The user agent's own candidates in canonical order.</param>
    /// <param name="slateSize">k.</param>
    /// <param name="terms">How far the user gives way.</param>
    /// <param name="slate">The slate, by handle, best first.</param>
    /// <param name="round">t, from 1; rounds beyond the last count as the last.</param>
    public static Response Respond(ImmutableArray<Candidate> offer, int slateSize, Concession terms, ImmutableArray<int> slate, int round)
    {
        var opening = Opening.Of(offer, slateSize);
        var openingUtility = Utility.InMillionths(opening);
        var limit = Limit(openingUtility, terms, round);
        if (Utility.Resolve(offer, slate) is not { } candidates)
            return new Response(Accepted: false, Stale: false, 0, ToUnits(limit), []);
        var utility = Utility.InMillionths(candidates);
        var accepted = utility >= limit;
        var missed = accepted
            ? []
            : opening.Where(candidate => !slate.Contains(candidate.Handle)).Take(GreatestMissed).Select(candidate => candidate.Handle);
        return new Response(accepted, Stale: false, ToUnits(utility), ToUnits(limit), [.. missed]);
    }

    /// <summary>The least utility that the user accepts in a round, in millionths.</summary>
    /// <param name="openingUtility">U of the opening in millionths.</param>
    /// <param name="terms">How far the user gives way.</param>
    /// <param name="round">t, from 1.</param>
    internal static long Limit(long openingUtility, Concession terms, int round) =>
        (long)Math.Floor((1 - (terms.Maximum * Math.Min(round, terms.Rounds) / terms.Rounds)) * openingUtility);

    /// <summary>By how much a utility misses the user's last limit, in millionths.</summary>
    internal static long Shortfall(long openingUtility, long utility, Concession terms) =>
        Math.Max(0, Limit(openingUtility, terms, terms.Rounds) - utility);

    private static double ToUnits(long millionths) => (double)millionths / Millionths.One;
}
