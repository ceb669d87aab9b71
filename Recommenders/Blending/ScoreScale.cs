using System.Buffers;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace AgentRec.Recommenders.Blending;

/// <summary>
/// Puts the scores of different scorers on one scale: log(n / place), where place is the item's place among the n items known at
/// training (tied items share the mean of their places), less the mean over those items, so that a scorer that has nothing to
/// say of a user says 0 of every item. Chances fall with the place about as a power, which makes the scale of the first places
/// comparable across scorers, whatever the shape of their scores. Nothing depends on which items are candidates.
/// </summary>
internal static class ScoreScale
{
    private const int Digit = 11;
    private const int Digits = 3;

    /// <summary>The greatest distance of a rescaled score from 0 among n items.</summary>
    /// <param name="items">The number n.</param>
    public static double Reach(int items) => Math.Log(2.0 * Math.Max(items, 1));

    /// <summary>Rescales in place.</summary>
    /// <param name="scores">Scores by handle.</param>
    /// <param name="trained">The number n of items known at training; they come first.</param>
    public static void Apply(Span<float> scores, int trained)
    {
        var n = scores.Length;
        var handles = ArrayPool<int>.Shared.Rent(n);
        Descending(scores, handles);
        var above = 0;
        for (var start = 0; start < n;)
        {
            var (end, tied) = (start, 0);
            for (; end < n && scores[handles[end]] == scores[handles[start]]; end++)
                tied += handles[end] < trained ? 1 : 0;
            // The scores of a group are read before they are overwritten: groups lie side by side.
            var place = above + ((tied + 1) / 2f);
            for (; start < end; start++)
                scores[handles[start]] = place;
            above += tied;
        }
        ArrayPool<int>.Shared.Return(handles);
        TensorPrimitives.Log(scores, scores);
        var mean = trained == 0 ? 0 : TensorPrimitives.Sum<float>(scores[..trained]) / trained;
        TensorPrimitives.Subtract(mean, scores, scores);
    }

    // Least-significant-digit radix sort on the bits of the floats: linear, and stable, though ties make no difference here.
    private static void Descending(ReadOnlySpan<float> scores, int[] handles)
    {
        var n = scores.Length;
        var rentedKeys = ArrayPool<uint>.Shared.Rent(n);
        var rentedHandles = ArrayPool<int>.Shared.Rent(n);
        Span<uint> keys = rentedKeys.AsSpan(0, n);
        Span<int> from = handles.AsSpan(0, n), to = rentedHandles.AsSpan(0, n);
        Span<int> starts = stackalloc int[1 << Digit];
        var bits = MemoryMarshal.Cast<float, uint>(scores);
        for (var i = 0; i < n; i++)
        {
            // Flipped so that unsigned order is falling numerical order; -0 counts as 0.
            var bit = bits[i] == 0x80000000 ? 0 : bits[i];
            keys[i] = (bit & 0x80000000) != 0 ? bit : bit ^ 0x7FFFFFFF;
            from[i] = i;
        }
        for (var digit = 0; digit < Digits; digit++)
        {
            var shift = digit * Digit;
            starts.Clear();
            foreach (var key in keys)
                starts[(int)((key >> shift) & ((1 << Digit) - 1))]++;
            var next = 0;
            for (var value = 0; value < starts.Length; value++)
                (starts[value], next) = (next, next + starts[value]);
            foreach (var handle in from)
                to[starts[(int)((keys[handle] >> shift) & ((1 << Digit) - 1))]++] = handle;
            var swap = from;
            from = to;
            to = swap;
        }
        // An odd number of passes ends in the rented array.
        from.CopyTo(handles);
        ArrayPool<uint>.Shared.Return(rentedKeys);
        ArrayPool<int>.Shared.Return(rentedHandles);
    }
}
