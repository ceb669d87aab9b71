using System.Collections.Concurrent;

namespace AgentRec.Recommenders.Memory;

/// <summary>
/// Numbers for pairs of facet and value, one table for the process: memories name the same pairs very many times over. It grows
/// with the catalogue's vocabulary, not with users. The numbers mean nothing outside the process, and are never stored.
/// </summary>
internal static class FacetVocabulary
{
    private static readonly Lock Gate = new();
    private static readonly ConcurrentDictionary<(string Facet, string Value), int> Numbers = new();
    private static readonly Dictionary<string, string> Facets = new(StringComparer.Ordinal);
    private static volatile (string Facet, string Value)[] _pairs = new (string, string)[1_024];

    /// <summary>The number of a pair; a new one where it has none.</summary>
    public static int Number(string facet, string value)
    {
        if (Numbers.TryGetValue((facet, value), out var number))
            return number;
        lock (Gate)
        {
            if (Numbers.TryGetValue((facet, value), out number))
                return number;
            number = Numbers.Count;
            var pairs = _pairs;
            if (number == pairs.Length)
                Array.Resize(ref pairs, 2 * number);
            if (!Facets.TryGetValue(facet, out var shared))
                Facets[facet] = shared = facet;
            pairs[number] = (shared, value);
            // Whoever learns the number finds the pair.
            _pairs = pairs;
            Numbers[(shared, value)] = number;
            return number;
        }
    }

    /// <summary>The pair behind a number that <see cref="Number"/> gave.</summary>
    public static (string Facet, string Value) Pair(int number) => _pairs[number];
}
