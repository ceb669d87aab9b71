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

    /// <summary>Accepts a slate that keeps (1 - eps_t) of the opening's utility, eps_t = eps_max t / R.</summary>
    /// <param name="offer">The user agent's own candidates in canonical order.</param>
    /// <param name="slateSize">k.</param>
    /// <param name="terms">How far the user gives way.</param>
    /// <param name="slate">The slate, by handle, best first.</param>
    /// <param name="round">t, from 1; rounds beyond the last count as the last.</param>
    public static Response Respond(ImmutableArray<Candidate> offer, int slateSize, Concession terms, ImmutableArray<int> slate, int round)
    {
        var opening = Opening.Of(offer, slateSize);
        var openingUtility = Utility.Of(opening);
        var limit = Limit(openingUtility, terms, round);
        if (Utility.Of(offer, slate) is not { } utility)
            return new Response(Accepted: false, Stale: false, 0, limit, []);
        if (openingUtility <= 0 || utility >= limit)
            return new Response(Accepted: true, Stale: false, utility, limit, []);
        var missed = opening.Where(candidate => !slate.Contains(candidate.Handle)).Take(GreatestMissed).Select(candidate => candidate.Handle);
        return new Response(Accepted: false, Stale: false, utility, limit, [.. missed]);
    }

    /// <summary>The least utility that the user accepts in a round.</summary>
    /// <param name="openingUtility">U of the opening.</param>
    /// <param name="terms">How far the user gives way.</param>
    /// <param name="round">t, from 1.</param>
    public static double Limit(double openingUtility, Concession terms, int round)
    {
        var part = (double)terms.Maximum * Math.Min(round, terms.Rounds) / terms.Rounds;
        // A hair below, so that a slate of exactly the limit is not refused for a rounding of the last digit.
        return Math.Max(0, ((1 - part) * openingUtility) - 1e-9);
    }
}
