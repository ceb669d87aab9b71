using System.Collections.Immutable;
using System.Globalization;
using AgentRec.Domain;

namespace AgentRec.Tests.Unit.Negotiation;

/// <summary>The films and ratings of ml-latest-small, with a plain popularity-and-taste score in place of a recommender.</summary>
internal sealed class MovieLensWorld : IFacetSource
{
    private readonly List<Item> _items = [];
    private readonly List<ImmutableArray<string>> _genres = [];
    private readonly Dictionary<string, int> _handles = new(StringComparer.Ordinal);
    private readonly SortedDictionary<int, List<(int Handle, double Rating)>> _histories = [];
    private readonly Stratum[] _strata;
    private readonly int[] _positives;

    public MovieLensWorld(string folder)
    {
        foreach (var line in File.ReadLines(Path.Combine(folder, "movies.csv")).Skip(1))
        {
            var (first, last) = (line.IndexOf(',', StringComparison.Ordinal), line.LastIndexOf(','));
            ImmutableArray<string> genres = [.. line[(last + 1)..].Split('|')];
            _handles.Add(line[..first], _items.Count);
            _genres.Add(genres);
            var title = line[(first + 1)..last].TrimEnd('"', ' ');
            var facets = AgentRec.Domain.Item.NoFacets.Add("genre", genres);
            if (title.Length > 6 && title[^1] == ')' && int.TryParse(title[^5..^1], NumberStyles.None, CultureInfo.InvariantCulture, out _))
                facets = facets.Add("year", [title[^5..^1]]);
            _items.Add(new Item(line[..first], title, null, facets, null));
        }
        _positives = new int[_items.Count];
        foreach (var line in File.ReadLines(Path.Combine(folder, "ratings.csv")).Skip(1))
        {
            var parts = line.Split(',');
            var user = int.Parse(parts[0], CultureInfo.InvariantCulture);
            if (!_histories.TryGetValue(user, out var history))
                _histories.Add(user, history = []);
            var rating = double.Parse(parts[2], CultureInfo.InvariantCulture);
            history.Add((_handles[parts[1]], rating));
            _positives[_handles[parts[1]]] += rating >= 4 ? 1 : 0;
        }
        var counts = _positives.Where(count => count > 0).Order().ToArray();
        var (head, torso) = (counts[(int)Math.Ceiling(0.9 * counts.Length) - 1], counts[(int)Math.Ceiling(0.6 * counts.Length) - 1]);
        _strata = [.. _positives.Select(count => count >= head ? Stratum.Head : count >= torso ? Stratum.Torso : Stratum.Tail)];
    }

    public IEnumerable<int> Users => _histories.Keys;

    public int Count => _items.Count;

    /// <summary>Everything the user has not rated, best first, with a relevance that falls steeply from the well-known down.</summary>
    public Candidate[] Rank(int user)
    {
        var taste = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var (handle, rating) in _histories[user])
        {
            foreach (var genre in _genres[handle])
                taste[genre] = taste.GetValueOrDefault(genre) + (rating - 3);
        }
        var most = Math.Max(1, taste.Values.DefaultIfEmpty(1).Max());
        var consumed = _histories[user].Select(entry => entry.Handle).ToHashSet();
        return
        [
            .. Enumerable.Range(0, Count).Where(handle => !consumed.Contains(handle)).Select(handle =>
            {
                var fit = _genres[handle].Average(genre => Math.Max(0, taste.GetValueOrDefault(genre)) / most);
                var relevance = 0.9 * Math.Sqrt(_positives[handle] / 300.0) * (0.2 + (0.8 * fit));
                return new Candidate(handle, _items[handle].ItemId, relevance, Math.Min(1, relevance), relevance);
            }).Order(new CandidateOrder(1)),
        ];
    }

    public Item Item(int handle) => _items[handle];

    public ImmutableArray<string> Values(int handle, string facet) => DerivedFacets.Values(_items[handle], _strata[handle], facet);

    public bool TryHandle(string itemId, out int handle) => _handles.TryGetValue(itemId, out handle);
}
