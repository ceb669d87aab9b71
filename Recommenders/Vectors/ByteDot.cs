using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace AgentRec.Recommenders.Vectors;

/// <summary>
/// Sums products of bytes, four at a time into each of sixteen integers, by whatever the processor offers for it. The left bytes
/// are at most 127, so that two products never leave 16 bits, and the bytes mean the same signed and unsigned.
/// </summary>
internal static class ByteDot
{
    /// <summary>Whether the processor has an instruction for it; without one, floats are as fast.</summary>
    public static bool IsSupported => Avx2.IsSupported || Dp.IsSupported;

    /// <summary>Adds products to sums.</summary>
    /// <param name="sums">Sixteen sums.</param>
    /// <param name="left">Four bytes for each of them, each from 0 to 127.</param>
    /// <param name="right">Four bytes for each of them, each from -127 to 127.</param>
    public static Vector512<int> Add(Vector512<int> sums, Vector512<byte> left, Vector512<sbyte> right) => Avx512BW.IsSupported
        ? sums + Avx512BW.MultiplyAddAdjacent(Avx512BW.MultiplyAddAdjacent(left, right), Vector512<short>.One)
        : Vector512.Create(Add(sums.GetLower(), left.GetLower(), right.GetLower()), Add(sums.GetUpper(), left.GetUpper(), right.GetUpper()));

    private static Vector256<int> Add(Vector256<int> sums, Vector256<byte> left, Vector256<sbyte> right) => Avx2.IsSupported
        ? sums + Avx2.MultiplyAddAdjacent(Avx2.MultiplyAddAdjacent(left, right), Vector256<short>.One)
        : Vector256.Create(Add(sums.GetLower(), left.GetLower(), right.GetLower()), Add(sums.GetUpper(), left.GetUpper(), right.GetUpper()));

    private static Vector128<int> Add(Vector128<int> sums, Vector128<byte> left, Vector128<sbyte> right) =>
        Dp.DotProduct(sums, left.AsSByte(), right);
}
