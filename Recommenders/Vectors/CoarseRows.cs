using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace AgentRec.Recommenders.Vectors;

/// <summary>
/// Vectors rounded to a byte a component, to find out quickly which of them cannot be among the best. With x = s c + e for a row
/// (c whole, e what rounding left) and q = t d + f for a query, x q = s t (c d) + s c f + e q, so that by Cauchy and Schwarz
/// x q is at most s t (c d) + (|x| + |e|) |f| + |e| |q|. Only rows whose bound reaches the worst similarity kept need their
/// floats read: what is found is exact.
/// </summary>
/// <remarks>
/// Sixteen rows lie together, four components of each side by side, so that sums need no adding up across a register.
/// </remarks>
internal sealed class CoarseRows
{
    /// <summary>Rows that are bounded together.</summary>
    public const int Block = 16;

    /// <summary>Components that lie side by side.</summary>
    public const int Group = 4;

    /// <summary>The byte of a component that is 0.</summary>
    public const int Zero = 64;

    private const int Greatest = 63;
    private readonly int _groups;
    private readonly byte[] _codes;
    private readonly float[] _scales, _lengths, _errors;

    /// <summary>Rounds vectors.</summary>
    /// <param name="rows">The vectors, row-major [items, dimension].</param>
    /// <param name="dimension">The length of a vector.</param>
    public CoarseRows(float[] rows, int dimension)
    {
        var count = rows.Length / dimension;
        _groups = (dimension + Group - 1) / Group;
        BlockCount = (count + Block - 1) / Block;
        _codes = new byte[(long)BlockCount * BlockBytes];
        (_scales, _lengths, _errors) = (new float[BlockCount * Block], new float[BlockCount * Block], new float[BlockCount * Block]);
        var (whole, left) = (new float[dimension], new float[dimension]);
        for (var row = 0; row < count; row++)
            Round(rows.AsSpan(row * dimension, dimension), row, whole, left);
    }

    /// <summary>The number of blocks; the last may be in part empty.</summary>
    public int BlockCount { get; }

    private int BlockBytes => _groups * Group * Block;

    /// <summary>Whether sums of squares of such length neither overflow nor vanish, so that bounds can be trusted.</summary>
    /// <param name="length">The length of a vector.</param>
    public static bool HasPlainLength(float length) => length is > 1e-10f and < 1e15f;

    /// <summary>What rounding adds to a sum of products of floats, at most, as a part of the product of the lengths.</summary>
    /// <param name="dimension">The number of products.</param>
    public static float Rounding(int dimension) => (dimension + 16) / (float)(1 << 23);

    /// <summary>Finds the rows of a block whose similarity may reach a floor.</summary>
    /// <param name="query">The query.</param>
    /// <param name="block">The block.</param>
    /// <param name="floor">The least similarity asked for.</param>
    /// <returns>A bit for each row, the first one lowest; those of rows that do not exist mean nothing.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Reaching(CoarseQuery query, int block, float floor)
    {
        var groups = query.Groups;
        var codes = _codes.AsSpan(block * BlockBytes, BlockBytes);
        var sums = Vector512.Create(query.Start);
        ref var from = ref MemoryMarshal.GetReference(codes);
        for (var group = 0; group < groups.Length; group++)
            sums = ByteDot.Add(sums, Vector512.LoadUnsafe(ref from, (nuint)(group * Group * Block)), Vector512.Create(groups[group]).AsSByte());
        var bounds = Vector512.ConvertToSingle(sums) * query.Scale * Of(_scales, block)
            + (Of(_errors, block) * query.PerError)
            + (Of(_lengths, block) * query.PerLength);
        // A bound that is no number excludes nothing.
        return (uint)~Vector512.LessThan(bounds, Vector512.Create(floor)).ExtractMostSignificantBits() & ((1u << Block) - 1);
    }

    private static Vector512<float> Of(float[] values, int block) => Vector512.LoadUnsafe(ref values[block * Block]);

    private void Round(ReadOnlySpan<float> vector, int row, Span<float> whole, Span<float> left)
    {
        var (block, place) = Math.DivRem(row, Block);
        var length = TensorPrimitives.Norm(vector);
        whole.Clear();
        if (HasPlainLength(length))
        {
            var scale = Math.Abs(TensorPrimitives.MaxMagnitude(vector)) / Greatest;
            TensorPrimitives.Divide(vector, scale, whole);
            TensorPrimitives.Round<float>(whole, whole);
            TensorPrimitives.FusedMultiplyAdd(whole, -scale, vector, left);
            var roomy = 1 + Rounding(vector.Length);
            (_scales[row], _lengths[row], _errors[row]) = (scale, length * roomy, TensorPrimitives.Norm<float>(left) * roomy);
        }
        else if (vector.ContainsAnyExcept(0f))
        {
            // No bound can be given: the row is always compared.
            _errors[row] = float.PositiveInfinity;
        }
        var codes = _codes.AsSpan(block * BlockBytes, BlockBytes);
        for (var i = 0; i < whole.Length; i++)
            codes[(((i / Group * Block) + place) * Group) + (i % Group)] = (byte)(Zero + (int)whole[i]);
    }
}
