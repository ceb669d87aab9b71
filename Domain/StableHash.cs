namespace AgentRec.Domain;

/// <summary>
/// A seeded 64-bit hash that is the same in every process and on every machine. It orders ties and derives ids, so that a
/// seed repeats a run. It is not a cryptographic hash.
/// </summary>
public static class StableHash
{
    private const ulong Offset = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    /// <summary>Hashes one text under a seed (FNV-1a over its UTF-16 units, then a SplitMix64 finaliser).</summary>
    /// <param name="seed">Any value; another seed gives an independent order.</param>
    /// <param name="text">The text.</param>
    public static ulong Of(ulong seed, ReadOnlySpan<char> text)
    {
        var hash = Offset ^ Mix(seed);
        foreach (var unit in text)
            hash = (hash ^ unit) * Prime;
        return Mix(hash);
    }

    /// <summary>Hashes a pair of texts under a seed; the pairs ("ab", "c") and ("a", "bc") differ.</summary>
    /// <param name="seed">Any value.</param>
    /// <param name="first">The first text.</param>
    /// <param name="second">The second text.</param>
    public static ulong Of(ulong seed, ReadOnlySpan<char> first, ReadOnlySpan<char> second) => Of(Of(seed, first), second);

    /// <summary>Hashes a number under a seed.</summary>
    /// <param name="seed">Any value.</param>
    /// <param name="number">The number.</param>
    public static ulong Of(ulong seed, ulong number) => Mix(Mix(seed) + number);

    /// <summary>The SplitMix64 finaliser: a bijection on 64 bits in which every input bit moves every output bit.</summary>
    /// <param name="x">The input.</param>
    public static ulong Mix(ulong x)
    {
        x += 0x9E3779B97F4A7C15;
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        return x ^ (x >> 31);
    }
}
