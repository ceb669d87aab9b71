using System.Collections.Immutable;
using AgentRec.Domain;

namespace AgentRec.Recommenders.Memory;

/// <summary>
/// Turns a relevance into a utility for one user in one turn:
/// <c>u(i) = r(i) * stated(i) * aversion(i) * satiation(i) * novelty(i) * wishes(i) + asked(i)</c>.
/// Every factor depends on the user, the item and the turn, never on other candidates.
/// </summary>
public sealed class UtilityModel
{
    /// <summary>The factor of an item that misses a soft constraint.</summary>
    public const double MissedWish = 0.5;

    // Chances of being next fall by about such a factor within a window: what was stated must outweigh what was inferred.
    private const double StatedLike = 8;
    private const double StatedDislike = 1 / StatedLike;
    private const double AversionStrength = 0.6;
    private const double SatiationStrength = 0.3;
    private const int SatiationCount = 6;
    private const double NoveltyStrength = 0.1;
    private const int NoveltyHistory = 50;
    private static readonly TimeSpan SatiationPeriod = TimeSpan.FromDays(2);

    private readonly IFacetSource _facets;
    private readonly ImmutableArray<Constraint> _soft;
    private readonly Dictionary<string, Dictionary<string, double>> _factors = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<string>> _never = new(StringComparer.Ordinal);
    private readonly double _novelty;

    /// <summary>Reads the memory once for a turn.</summary>
    /// <param name="memory">The user's memory.</param>
    /// <param name="facets">The catalogue.</param>
    /// <param name="constraints">The session's constraints; hard ones filter before anything is scored and play no part here.</param>
    /// <param name="now">The turn's time, Unix milliseconds.</param>
    public UtilityModel(UserMemory memory, IFacetSource facets, ImmutableArray<Constraint> constraints, long now)
    {
        _facets = facets;
        _soft = [.. constraints.Where(constraint => constraint.Strength is ConstraintStrength.Soft)];
        Avert(memory);
        Satiate(memory, now);
        State(memory);
        _novelty = Novelty(memory);
    }

    /// <summary>The utility of an item.</summary>
    /// <param name="item">The item's handle.</param>
    /// <param name="relevance">r(i), in [0,1].</param>
    /// <param name="asked">How well the item answers what was asked in words, in [0,1].</param>
    /// <returns>u(i) >= 0.</returns>
    public double Of(int item, double relevance, double asked)
    {
        var factor = 1.0;
        foreach (var (facet, values) in _factors)
        {
            foreach (var value in _facets.Values(item, facet))
            {
                if (values.TryGetValue(value, out var known))
                    factor *= known;
            }
        }
        foreach (var wish in _soft)
        {
            if (!wish.IsMetBy(_facets.Values(item, wish.Facet)))
                factor *= MissedWish;
        }
        if (_novelty != 0 && !_facets.Values(item, FacetNames.Stratum).Contains("head", StringComparer.Ordinal))
            factor *= 1 + _novelty;
        return (relevance * factor) + asked;
    }

    /// <summary>True when the user stated never to want the item's kind.</summary>
    /// <param name="item">The item's handle.</param>
    public bool IsNever(int item)
    {
        foreach (var (facet, values) in _never)
        {
            foreach (var value in _facets.Values(item, facet))
            {
                if (values.Contains(value))
                    return true;
            }
        }
        return false;
    }

    private void Avert(UserMemory memory)
    {
        foreach (var affinity in memory.Affinities)
        {
            var weight = MemoryProfile.Weight(affinity);
            if (weight < 0)
                Set(affinity.Facet, affinity.Value, 1 + (AversionStrength * weight));
        }
    }

    private void Satiate(UserMemory memory, long now)
    {
        var since = now - (long)SatiationPeriod.TotalMilliseconds;
        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var entry in memory.Recent)
        {
            if (entry.At < since || entry.Type is not (InteractionType.Consume or InteractionType.Rate))
                continue;
            foreach (var genre in _facets.Values(entry.Item, FacetNames.Genre))
                counts[genre] = counts.GetValueOrDefault(genre) + 1;
        }
        foreach (var (genre, count) in counts)
            Set(FacetNames.Genre, genre, Factor(FacetNames.Genre, genre) * (1 - (SatiationStrength * Math.Min(1, count / (double)SatiationCount))));
    }

    /// <summary>Stated preferences come last: they replace what was inferred for the same value.</summary>
    private void State(UserMemory memory)
    {
        foreach (var stated in memory.Stated)
        {
            if (stated.Attitude is Attitude.Never)
            {
                if (!_never.TryGetValue(stated.Facet, out var values))
                    _never[stated.Facet] = values = new(StringComparer.OrdinalIgnoreCase);
                values.Add(stated.Value);
            }
            else
            {
                Set(stated.Facet, stated.Value, stated.Attitude is Attitude.Like ? StatedLike : StatedDislike);
            }
        }
    }

    /// <summary>How far the user strays from the best known: above 0 it lifts the lesser known, below 0 it lowers them.</summary>
    private double Novelty(UserMemory memory)
    {
        var recent = memory.Positives.Skip(Math.Max(0, memory.Positives.Count - NoveltyHistory)).ToArray();
        if (recent.Length == 0)
            return 0;
        var lesserKnown = recent.Count(entry => !_facets.Values(entry.Item, FacetNames.Stratum).Contains("head", StringComparer.Ordinal));
        return NoveltyStrength * ((2.0 * lesserKnown / recent.Length) - 1);
    }

    private double Factor(string facet, string value) =>
        _factors.TryGetValue(facet, out var values) && values.TryGetValue(value, out var factor) ? factor : 1;

    private void Set(string facet, string value, double factor)
    {
        if (!_factors.TryGetValue(facet, out var values))
            _factors[facet] = values = new(StringComparer.OrdinalIgnoreCase);
        values[value] = factor;
    }
}
