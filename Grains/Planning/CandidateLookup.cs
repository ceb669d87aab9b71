using System.Collections.Immutable;
using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Language;

namespace AgentRec.Grains.Planning;

/// <summary>Looks up candidates of one negotiation by words and by likeness, over what the catalogue states of them.</summary>
/// <param name="candidates">The candidates, by handle; places are places in here.</param>
/// <param name="facets">The catalogue.</param>
internal sealed class CandidateLookup(ImmutableArray<int> candidates, IFacetSource facets) : ICandidateLookup
{
    private const int Found = 10;

    private const int LongestQuery = 200;

    /// <inheritdoc/>
    public int Count => candidates.Length;

    /// <inheritdoc/>
    public CandidateOutline Describe(int place)
    {
        var item = facets.Item(candidates[place]);
        return new CandidateOutline(item.Title, item.Facets);
    }

    /// <inheritdoc/>
    public ImmutableArray<int> Search(string words)
    {
        var wanted = Words(words.Length <= LongestQuery ? words : words[..LongestQuery]);
        return Best(place =>
        {
            var own = Words(string.Join(' ', [facets.Item(candidates[place]).Title, .. Stated(place).Select(stated => stated.Value)]));
            return wanted.Count(own.Contains);
        });
    }

    /// <inheritdoc/>
    public ImmutableArray<int> Similar(int place)
    {
        var stated = Stated(place).ToHashSet();
        return Best(other =>
        {
            if (other == place)
                return 0;
            var its = Stated(other).ToHashSet();
            var common = its.Count(stated.Contains);
            return common == 0 ? 0 : (double)common / (its.Count + stated.Count - common);
        });
    }

    private ImmutableArray<int> Best(Func<int, double> score) =>
    [
        .. Enumerable.Range(0, candidates.Length).Select(place => (Place: place, Score: score(place))).Where(one => one.Score > 0)
            .OrderByDescending(one => one.Score).ThenBy(one => one.Place).Take(Found).Select(one => one.Place),
    ];

    private IEnumerable<(string Facet, string Value)> Stated(int place) => facets.Item(candidates[place]).Facets.SelectMany(facet => facet.Value.Select(value => (facet.Key, value)));

    private static HashSet<string> Words(string text) =>
        [.. string.Concat(text.Select(letter => char.IsLetterOrDigit(letter) ? char.ToLowerInvariant(letter) : ' ')).Split(' ', StringSplitOptions.RemoveEmptyEntries)];
}
