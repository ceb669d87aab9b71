using System.Collections.Immutable;
using AgentRec.Domain;
using AgentRec.Negotiation.Rules;

namespace AgentRec.Negotiation.Windows;

/// <summary>
/// Reserves the best candidates of what active bounds need. Bounds meet in one slate: what is reserved for a count is spread
/// over the values that other rules cap, and every value that variety needs is reserved among the candidates that counts
/// need as well. Of numbers the best candidates that a bound could be met with are reserved, and the most extreme ones.
/// </summary>
/// <param name="ranked">All eligible candidates by handle, best first.</param>
/// <param name="facets">The catalogue.</param>
/// <param name="needs">What active bounds need.</param>
internal sealed class Reservation(IReadOnlyList<int> ranked, IFacetSource facets, WindowNeeds needs)
{
    /// <summary>Reserved are this many times as many candidates as a bound needs, so that other rules leave a choice.</summary>
    private const int Choice = 2;

    /// <summary>So far down the ranking a bound's own need is met, but no choice beyond it is looked for.</summary>
    private const int Depth = 2 * CandidateWindow.GreatestSize;

    private readonly ImmutableArray<WindowNeed> _caps = [.. needs.Needs.Where(need => need.IsCap)];

    /// <summary>The places in the ranking, in the order of the needs.</summary>
    public IEnumerable<int> Places()
    {
        foreach (var need in needs.Needs)
        {
            if (need.Amount is { } amount)
            {
                foreach (var place in Amounts(need, amount))
                    yield return place;
                continue;
            }
            if (!need.IsSpread)
            {
                foreach (var place in Carriers(need))
                    yield return place;
                continue;
            }
            foreach (var place in Spread(need, among: null))
                yield return place;
            foreach (var among in needs.Needs.Where(other => !need.IsCap && IsForCarriers(other)))
            {
                foreach (var place in Spread(need, among))
                    yield return place;
            }
        }
    }

    private static bool IsForCarriers(WindowNeed need) => !need.IsSpread && need.Amount is null;

    private IEnumerable<int> Amounts(WindowNeed need, NeededAmount amount)
    {
        var sign = amount.IsLeast ? 1 : -1;
        var numbers = new List<(int Place, long Surplus)>();
        for (var place = 0; place < ranked.Count; place++)
        {
            if ((NumericFacet.Of(facets.Values(ranked[place], need.Facet)) ?? (amount.IsSum ? 0 : null)) is { } number)
                numbers.Add((place, sign * (number - amount.Each)));
        }
        // The bound holds whatever is chosen: nothing to reserve.
        if (numbers.Select(entry => entry.Surplus).Order().Take(need.Count).Sum() >= 0)
            yield break;
        var meeting = numbers.Where(entry => entry.Surplus >= 0).Select(entry => entry.Place);
        foreach (var place in meeting.Take(Choice * need.Count))
            yield return place;
        foreach (var among in needs.Needs.Where(IsForCarriers))
        {
            foreach (var place in meeting.Where(place => IsNeeded(among, ranked[place])).Take(Choice * among.Count))
                yield return place;
        }
        foreach (var (place, _) in numbers.OrderByDescending(entry => entry.Surplus).Take(need.Count))
            yield return place;
    }

    private IEnumerable<int> Carriers(WindowNeed need)
    {
        var taken = new Dictionary<string, int>[_caps.Length];
        for (var i = 0; i < taken.Length; i++)
            taken[i] = new Dictionary<string, int>(StringComparer.Ordinal);
        var left = Choice * need.Count;
        for (var place = 0; place < ranked.Count && left > 0; place++)
        {
            if (!IsNeeded(need, ranked[place]) || !Takes(taken, ranked[place]))
                continue;
            left--;
            yield return place;
        }
    }

    /// <summary>Counts a candidate under every cap, or says that one is reached.</summary>
    private bool Takes(Dictionary<string, int>[] taken, int handle)
    {
        for (var i = 0; i < taken.Length; i++)
        {
            foreach (var value in facets.Values(handle, _caps[i].Facet))
            {
                if (taken[i].GetValueOrDefault(value) >= _caps[i].Count)
                    return false;
            }
        }
        for (var i = 0; i < taken.Length; i++)
        {
            foreach (var value in facets.Values(handle, _caps[i].Facet))
                taken[i][value] = taken[i].GetValueOrDefault(value) + 1;
        }
        return true;
    }

    private IEnumerable<int> Spread(WindowNeed need, WindowNeed? among)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        var full = 0;
        var wanted = Choice * need.Different;
        for (var place = 0; place < ranked.Count && full < (place < Depth ? wanted : need.Different); place++)
        {
            if (among is not null && !IsNeeded(among, ranked[place]))
                continue;
            var isNeeded = false;
            foreach (var value in facets.Values(ranked[place], need.Facet))
            {
                if (!need.Values.IsEmpty && !need.Values.Contains(value))
                    continue;
                var count = counts.GetValueOrDefault(value);
                if (count == need.Count || (count == 0 && counts.Count == wanted))
                    continue;
                counts[value] = count + 1;
                full += count + 1 == need.Count ? 1 : 0;
                isNeeded = true;
            }
            if (isNeeded)
                yield return place;
        }
    }

    private bool IsNeeded(WindowNeed need, int handle)
    {
        foreach (var value in facets.Values(handle, need.Facet))
        {
            if (need.Values.Contains(value))
                return !need.Without;
        }
        return need.Without;
    }
}
