using System.Collections.Immutable;
using System.Globalization;
using AgentRec.Domain;
using AgentRec.Negotiation.Rules;
using AgentRec.Negotiation.Windows;

namespace AgentRec.Tests.Unit.Negotiation;

/// <summary>A small catalogue of generated items with candidates for one user.</summary>
internal sealed class World : IFacetSource
{
    private static readonly string[] Genres = ["Drama", "Comedy", "Action", "Horror", "Romance", "War", "Noir", "Crime", "Musical", "Western", "Sci-Fi", "Thriller"];
    private readonly Item[] _items;
    private readonly Stratum[] _strata;

    private World(Item[] items, Stratum[] strata, Candidate[] candidates)
    {
        _items = items;
        _strata = strata;
        Candidates = candidates;
    }

    public Candidate[] Candidates { get; }

    public CandidateWindow Window => CandidateWindow.Of(Candidates, 7);

    public int Count => _items.Length;

    /// <summary>Items whose head share, genre skew and utilities look like those of a film catalogue.</summary>
    public static World Generate(int seed, int count, int genres = 12, int mostGenres = 3)
    {
        var random = new Random(seed);
        var items = new Item[count];
        var strata = new Stratum[count];
        var candidates = new Candidate[count];
        for (var i = 0; i < count; i++)
        {
            var own = Enumerable.Range(0, random.Next(1, mostGenres + 1)).Select(_ => Genres[(int)(genres * random.NextDouble() * random.NextDouble())]).Distinct();
            var facets = AgentRec.Domain.Item.NoFacets
                .Add("genre", [.. own])
                .Add("year", [(1950 + random.Next(70)).ToString(CultureInfo.InvariantCulture)])
                .Add("price", [(random.Next(1, 200) / 10m).ToString(CultureInfo.InvariantCulture)])
                .Add("maturity", [random.Next(10) == 0 ? "NC-17" : "PG"]);
            // Every third has no runtime, every fourth no provider.
            if (i % 3 != 0)
                facets = facets.Add("runtime", [(60 + (i * 37 % 100)).ToString(CultureInfo.InvariantCulture)]);
            items[i] = new Item($"i{i}", $"Item {i}", i % 4 == 0 ? null : $"p{i % 5}", facets, null);
            strata[i] = random.NextDouble() < 0.1 + (0.6 * (count - i) / count) ? Stratum.Head : random.NextDouble() < 0.6 ? Stratum.Torso : Stratum.Tail;
            var relevance = Math.Clamp((0.5 / (1 + (0.01 * i))) + (0.01 * random.NextDouble()), 0, 1);
            candidates[i] = new Candidate(i, $"i{i}", relevance, relevance, Math.Max(0, relevance + (0.05 * (random.NextDouble() - 0.5))));
        }
        return new World(items, strata, candidates);
    }

    public RuleColumn[] Columns(RuleSet rules, int length, params ImmutableArray<FacetShares> targets) =>
        RuleColumns.Build(rules, RuleColumns.Handles([.. Candidates]), this, length, targets);

    /// <summary>The same world, in which every item's title and text say something.</summary>
    public World Saying(string words) => new([.. _items.Select(item => item with { Title = $"{words} {item.ItemId}", Text = words })], _strata, Candidates);

    public Item Item(int handle) => _items[handle];

    public ImmutableArray<string> Values(int handle, string facet) => DerivedFacets.Values(_items[handle], _strata[handle], facet);

    public bool TryHandle(string itemId, out int handle)
    {
        handle = itemId.StartsWith('i') && int.TryParse(itemId.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var found) && found < Count ? found : -1;
        return handle >= 0;
    }
}
