using System.Collections.Immutable;
using AgentRec.Domain;

namespace AgentRec.Negotiation.Protocol;

/// <summary>U(S) = sum of d(p) u(S_p) with the discount d(p) = 1 / log2(p + 1), p from 1.</summary>
public static class Utility
{
    private static readonly double[] Discounts =
        [.. Enumerable.Range(1, TurnRequest.GreatestSlateSize).Select(place => 1 / Math.Log2(place + 1))];

    /// <summary>d(p).</summary>
    /// <param name="place">p, from 1 to <see cref="TurnRequest.GreatestSlateSize"/>.</param>
    public static double Discount(int place) => Discounts[place - 1];

    /// <summary>U of candidates in slate order.</summary>
    /// <param name="slate">The slate, best first.</param>
    public static double Of(IReadOnlyList<Candidate> slate)
    {
        var sum = 0.0;
        for (var i = 0; i < slate.Count; i++)
            sum += Discounts[i] * slate[i].Utility;
        return sum;
    }

    /// <summary>U of a slate of handles, by the utilities of an offer.</summary>
    /// <param name="offer">The candidates.</param>
    /// <param name="slate">The slate, by handle, best first.</param>
    /// <returns>Null when the slate holds an item outside the offer, or one twice.</returns>
    public static double? Of(ImmutableArray<Candidate> offer, ImmutableArray<int> slate)
    {
        if (slate.Length > Discounts.Length)
            return null;
        var sum = 0.0;
        for (var i = 0; i < slate.Length; i++)
        {
            if (slate.IndexOf(slate[i]) != i || Find(offer, slate[i]) is not { } candidate)
                return null;
            sum += Discounts[i] * candidate.Utility;
        }
        return sum;
    }

    private static Candidate? Find(ImmutableArray<Candidate> offer, int handle)
    {
        foreach (var candidate in offer)
        {
            if (candidate.Handle == handle)
                return candidate;
        }
        return null;
    }
}
