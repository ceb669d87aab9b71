using System.Buffers;
using System.Runtime.InteropServices;

namespace AgentRec.Recommenders.Blending;

/// <summary>
/// Sorts scores by a radix sort of their bits, in time that grows with their number alone. Most scorers say nothing of most
/// items, so zeros are set aside: only what differs from them is sorted.
/// </summary>
internal static class FallingOrder
{
    private const int Digit = 11;
    private const int Digits = 3;
    private const int Values = 1 << Digit;
    private const uint Sign = 0x8000_0000;

    /// <summary>Sorts.</summary>
    /// <param name="scores">Finite scores by handle.</param>
    /// <param name="places">Receives a place for each score, the greatest first; ties by handle.</param>
    public static void Sort(ReadOnlySpan<float> scores, Span<Place> places)
    {
        var n = scores.Length;
        var (one, other) = (ArrayPool<Place>.Shared.Rent(n), ArrayPool<Place>.Shared.Rent(n));
        Span<int> starts = stackalloc int[Digits * Values];
        starts.Clear();
        var (said, positive, zeros) = (0, 0, 0);
        var bits = MemoryMarshal.Cast<float, uint>(scores);
        for (var handle = 0; handle < n; handle++)
        {
            if ((bits[handle] & ~Sign) == 0)
            {
                places[zeros++] = new Place(~Sign, handle);
                continue;
            }
            // Flipped so that unsigned order is falling numerical order; without branches, for no processor foresees signs.
            var negative = (uint)((int)bits[handle] >> 31);
            var key = bits[handle] ^ (~Sign & ~negative);
            positive += 1 + (int)negative;
            one[said++] = new Place(key, handle);
            for (var digit = 0; digit < Digits; digit++)
                starts[(digit * Values) + DigitOf(key, digit)]++;
        }
        for (var digit = 0; digit < Digits; digit++)
        {
            Distribute(one.AsSpan(0, said), other.AsSpan(0, said), starts.Slice(digit * Values, Values), digit);
            (one, other) = (other, one);
        }
        places[..zeros].CopyTo(places[positive..]);
        one.AsSpan(0, positive).CopyTo(places);
        one.AsSpan(positive, said - positive).CopyTo(places[(positive + zeros)..]);
        ArrayPool<Place>.Shared.Return(one);
        ArrayPool<Place>.Shared.Return(other);
    }

    /// <summary>Least-significant digits go first: each pass keeps the order of those before it.</summary>
    private static void Distribute(ReadOnlySpan<Place> from, Span<Place> to, Span<int> starts, int digit)
    {
        var next = 0;
        foreach (ref var start in starts)
            (start, next) = (next, next + start);
        foreach (var place in from)
            to[starts[DigitOf(place.Key, digit)]++] = place;
    }

    private static int DigitOf(uint key, int digit) => (int)(key >> (digit * Digit)) & (Values - 1);

    /// <summary>A handle in its place.</summary>
    /// <param name="Key">The same for equal scores, greater for smaller ones.</param>
    /// <param name="Handle">The handle.</param>
    internal readonly record struct Place(uint Key, int Handle);
}
