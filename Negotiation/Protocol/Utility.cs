using System.Collections.Immutable;
using AgentRec.Domain;

namespace AgentRec.Negotiation.Protocol;

/// <summary>
/// U(S) = sum of d(p) u(S_p) with the discount d(p) = 1 / log2(p + 1), p from 1. Where utilities are compared with limits or
/// signed they are computed from millionths, so that everyone comes to the same figure.
/// </summary>
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

    /// <summary>U in millionths, from utilities rounded to millionths.</summary>
    /// <param name="slate">The slate, best first.</param>
    public static long InMillionths(IReadOnlyList<Candidate> slate) => InMillionths(slate.Select(candidate => Millionths.Of(candidate.Utility)));

    /// <summary>The candidates of a slate of handles.</summary>
    /// <param name="offer">The candidates on offer.</param>
    /// <param name="slate">The slate, by handle, best first.</param>
    /// <returns>Null when the slate holds an item outside the offer, or one twice, or too many.</returns>
    public static ImmutableArray<Candidate>? Resolve(ImmutableArray<Candidate> offer, ImmutableArray<int> slate)
    {
        if (slate.Length > Discounts.Length)
            return null;
        var found = ImmutableArray.CreateBuilder<Candidate>(slate.Length);
        for (var i = 0; i < slate.Length; i++)
        {
            if (slate.IndexOf(slate[i]) != i || Find(offer, slate[i]) is not { } candidate)
                return null;
            found.Add(candidate);
        }
        return found.MoveToImmutable();
    }

    internal static long InMillionths(IEnumerable<long> utilities)
    {
        var sum = 0.0;
        var place = 0;
        foreach (var utility in utilities)
            sum += Discounts[place++] * utility;
        return (long)Math.Round(sum, MidpointRounding.AwayFromZero);
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
