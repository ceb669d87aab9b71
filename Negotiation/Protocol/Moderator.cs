using System.Collections.Immutable;
using AgentRec.Domain;

namespace AgentRec.Negotiation.Protocol;

/// <summary>
/// Counts ranked offers: s(c) grows by (r + d - h) / rank with every offer that names c, where r is the part of the opening's
/// utility that the offer keeps, d how little the agent changed its mind since its last offer (Collab-REC's reliability), and
/// h the part of the offer that is outside the window or was voted out. The counts of all rounds add up.
/// </summary>
/// <param name="window">The candidates.</param>
/// <param name="slateSize">k.</param>
/// <param name="agents">How many agents are expected to offer.</param>
internal sealed class Moderator(ImmutableArray<Candidate> window, int slateSize, int agents)
{
    /// <summary>What a candidate's own utility adds: it orders those that nobody named.</summary>
    private const double Tie = 1e-3;

    private readonly double[] _scores = new double[window.Length];
    private readonly SortedDictionary<string, ImmutableArray<int>> _known = new(StringComparer.Ordinal);
    private readonly Dictionary<int, int> _places = Enumerable.Range(0, window.Length).ToDictionary(place => window[place].Handle);
    private readonly HashSet<int> _rejected = [];

    /// <summary>Items voted out so far, by handle, ascending.</summary>
    public ImmutableArray<int> Rejected => [.. _rejected.Order()];

    /// <summary>True when a majority of the agents has made an offer, now or before.</summary>
    public bool HasQuorum => _known.Count > agents / 2;

    /// <summary>Counts a round's offers; an agent that is missing is counted with the offer it made last.</summary>
    /// <param name="round">The round.</param>
    /// <param name="offers">What came in.</param>
    /// <param name="lastOffer">The slate of the last round.</param>
    /// <returns>What was counted; null when no offer is known.</returns>
    public OffersWeighed? Hear(int round, ImmutableArray<RankedOffer> offers, ImmutableArray<int> lastOffer)
    {
        var heard = offers.DistinctBy(offer => offer.Agent, StringComparer.Ordinal).ToDictionary(offer => offer.Agent, offer => Bounded(offer.Ranking), StringComparer.Ordinal);
        foreach (var (agent, ranking) in _known)
            heard.TryAdd(agent, ranking);
        if (heard.Count == 0)
            return null;
        if (round > 1)
            Reject(lastOffer, heard.Values);
        var weights = ImmutableArray.CreateBuilder<OfferWeight>();
        foreach (var (agent, ranking) in heard.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            var weight = new OfferWeight(agent, Relevance(ranking), Reliability(agent, ranking, lastOffer), Invalid(ranking));
            weights.Add(weight);
            Count(ranking, weight.Relevance + weight.Reliability - weight.Invalid);
            _known[agent] = ranking;
        }
        return new OffersWeighed(round, weights.ToImmutable(), Rejected);
    }

    /// <summary>The value of every candidate by count, in [0,1] and a little; 0 for those voted out.</summary>
    public double[] Counts()
    {
        var most = Math.Max(_scores.Max(), double.Epsilon);
        var values = new double[_scores.Length];
        for (var place = 0; place < values.Length; place++)
            values[place] = _rejected.Contains(window[place].Handle) ? 0 : (_scores[place] / most) + (Tie * window[place].Utility);
        return values;
    }

    /// <summary>Nobody gains by naming more than was asked for, or one item twice.</summary>
    private ImmutableArray<int> Bounded(ImmutableArray<int> ranking) => [.. ranking.Distinct().Take(slateSize)];

    private void Count(ImmutableArray<int> ranking, double weight)
    {
        if (weight <= 0)
            return;
        for (var rank = 0; rank < ranking.Length; rank++)
        {
            if (_places.TryGetValue(ranking[rank], out var place) && !_rejected.Contains(ranking[rank]))
                _scores[place] += weight / (rank + 1);
        }
    }

    /// <summary>Votes out what a majority of the agents leaves out of its ranking.</summary>
    private void Reject(ImmutableArray<int> lastOffer, IReadOnlyCollection<ImmutableArray<int>> rankings)
    {
        foreach (var item in lastOffer)
        {
            if (rankings.Count(ranking => !ranking.Contains(item)) > agents / 2)
                _rejected.Add(item);
        }
    }

    private double Relevance(ImmutableArray<int> ranking)
    {
        var opening = Utility.Of(Opening.Of(window, slateSize));
        var own = Utility.Of([.. ranking.Where(_places.ContainsKey).Select(item => window[_places[item]])]);
        return opening > 0 ? Math.Min(1, own / opening) : 1;
    }

    private double Reliability(string agent, ImmutableArray<int> ranking, ImmutableArray<int> lastOffer)
    {
        if (!_known.TryGetValue(agent, out var before) || before.IsEmpty)
            return 1;
        var shift = 0;
        for (var rank = 0; rank < ranking.Length; rank++)
        {
            var earlier = before.IndexOf(ranking[rank]);
            var offered = lastOffer.IndexOf(ranking[rank]);
            shift += earlier >= 0 ? Math.Abs(rank - earlier) : offered >= 0 ? Math.Min(slateSize, Math.Abs(rank - offered)) : slateSize;
        }
        shift += slateSize * before.Count(item => !ranking.Contains(item));
        return Math.Clamp(1 - (shift / (2.0 * slateSize * before.Length)), 0, 1);
    }

    private double Invalid(ImmutableArray<int> ranking) =>
        ranking.IsEmpty ? 1 : ranking.Count(item => !_places.ContainsKey(item) || _rejected.Contains(item)) / (double)ranking.Length;
}
