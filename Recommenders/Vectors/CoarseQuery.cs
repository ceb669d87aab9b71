using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace AgentRec.Recommenders.Vectors;

/// <summary>A query in bytes, and how far the bytes may be from it (see <see cref="CoarseRows"/>).</summary>
internal sealed class CoarseQuery
{
    private const int Greatest = 127;
    private readonly int[] _groups;

    /// <summary>Rounds a query.</summary>
    /// <param name="query">The query, whose length is in <see cref="CoarseRows.HasPlainLength"/>.</param>
    public CoarseQuery(ReadOnlySpan<float> query)
    {
        _groups = new int[(query.Length + CoarseRows.Group - 1) / CoarseRows.Group];
        var codes = MemoryMarshal.Cast<int, sbyte>(_groups.AsSpan());
        var (whole, left) = (new float[query.Length], new float[query.Length]);
        Scale = Math.Abs(TensorPrimitives.MaxMagnitude(query)) / Greatest;
        TensorPrimitives.Divide(query, Scale, whole);
        TensorPrimitives.Round<float>(whole, whole);
        TensorPrimitives.FusedMultiplyAdd(whole, -Scale, query, left);
        for (var i = 0; i < whole.Length; i++)
            codes[i] = (sbyte)whole[i];
        Start = -CoarseRows.Zero * (int)TensorPrimitives.Sum<float>(whole);
        var rounding = CoarseRows.Rounding(query.Length);
        var (length, error) = (TensorPrimitives.Norm(query) * (1 + rounding), TensorPrimitives.Norm<float>(left) * (1 + rounding));
        // The products themselves are rounded too, those of the bound and those of the floats.
        (PerError, PerLength) = (length + error, error + (2 * rounding * length));
    }

    /// <summary>The bytes, four in each number.</summary>
    public ReadOnlySpan<int> Groups => _groups;

    /// <summary>What a byte counts.</summary>
    public float Scale { get; }

    /// <summary>Where sums start, since the bytes of rows are not around 0.</summary>
    public int Start { get; }

    /// <summary>What a row's error adds to the bound, at most: this many times itself.</summary>
    public float PerError { get; }

    /// <summary>What the query's own error adds to the bound, at most: this many times the row's length.</summary>
    public float PerLength { get; }
}
