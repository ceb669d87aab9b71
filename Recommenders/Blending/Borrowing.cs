using System.Collections.Immutable;
using System.Numerics.Tensors;
using AgentRec.Recommenders.Vectors;

namespace AgentRec.Recommenders.Blending;

/// <summary>
/// What items of few positives borrow from items that are like them: a score s(i) becomes
/// (n s(i) + k mean of s(j)) / (n + k), where n counts the item's own positives and j runs over its nearest neighbours in
/// content that have positives of their own. With each positive an item's own scores count for more, until borrowing ends.
/// </summary>
internal sealed class Borrowing
{
    private const int Neighbours = 10;
    private const double Prior = 3;
    private const int LeastOfLenders = 5;
    private const int MostLenders = 5_000;

    // From here on an item's own scores are nineteen twentieths and more.
    private const int MostOfBorrowers = 57;

    private readonly int[] _borrowers;
    private readonly int[] _places;
    private readonly float[] _own;
    private readonly int[] _lenders;
    private readonly float[] _shares;

    private Borrowing(int[] borrowers, int items, float[] own, int[] lenders, float[] shares)
    {
        (_borrowers, _own, _lenders, _shares) = (borrowers, own, lenders, shares);
        _places = new int[items];
        Array.Fill(_places, -1);
        for (var place = 0; place < borrowers.Length; place++)
            _places[borrowers[place]] = place;
    }

    /// <summary>Nobody borrows.</summary>
    public static Borrowing None { get; } = new([], 0, [], [], []);

    /// <summary>Finds lenders.</summary>
    /// <param name="counts">Positives by item.</param>
    /// <param name="index">The items' vectors.</param>
    /// <param name="dimension">How many of their components carry meaning.</param>
    /// <param name="workers">How many threads, and when to stop.</param>
    public static Borrowing Of(ImmutableArray<int> counts, VectorIndex index, int dimension, ParallelOptions workers)
    {
        int[] possible =
        [
            .. Enumerable.Range(0, counts.Length).Where(item => counts[item] >= LeastOfLenders)
                .OrderByDescending(item => counts[item]).ThenBy(item => StableHash.Of(0, (ulong)item)).Take(MostLenders),
        ];
        int[] borrowers = [.. Enumerable.Range(0, counts.Length).Where(item => counts[item] < MostOfBorrowers)];
        if (possible.Length <= Neighbours)
            return None;
        var meanings = new float[possible.Length * dimension];
        for (var i = 0; i < possible.Length; i++)
            Unit(index.Vector(possible[i])[..dimension], meanings.AsSpan(i * dimension, dimension));
        var (lenders, shares) = (new int[borrowers.Length * Neighbours], new float[borrowers.Length * Neighbours]);
        Parallel.For(0, borrowers.Length, workers, () => (Keys: new float[possible.Length], Items: new int[possible.Length]), (b, _, scratch) =>
        {
            var own = new float[dimension];
            Unit(index.Vector(borrowers[b])[..dimension], own);
            for (var i = 0; i < possible.Length; i++)
            {
                scratch.Items[i] = possible[i];
                scratch.Keys[i] = possible[i] == borrowers[b] ? float.PositiveInfinity : -TensorPrimitives.Dot(own, meanings.AsSpan(i * dimension, dimension));
            }
            Nearest(scratch.Keys, scratch.Items);
            var total = 0f;
            for (var k = 0; k < Neighbours; k++)
            {
                // Near ones count more; what points elsewhere does not count.
                var share = Math.Max(0, -scratch.Keys[k]);
                (lenders[(b * Neighbours) + k], shares[(b * Neighbours) + k]) = (scratch.Items[k], share * share);
                total += share * share;
            }
            if (total > 0)
                TensorPrimitives.Divide(shares.AsSpan(b * Neighbours, Neighbours), total, shares.AsSpan(b * Neighbours, Neighbours));
            return scratch;
        }, _ => { });
        return new Borrowing(
            borrowers, counts.Length, [.. borrowers.Select((item, b) => shares[b * Neighbours] == 0 ? 1 : (float)(counts[item] / (counts[item] + Prior)))], lenders, shares);
    }

    /// <summary>The score of an item with what it borrows.</summary>
    /// <param name="item">The item.</param>
    /// <param name="scores">Own scores by item.</param>
    public float Of(int item, ReadOnlySpan<float> scores)
    {
        if (item >= _places.Length || _places[item] < 0)
            return scores[item];
        var (place, borrowed) = (_places[item], 0f);
        for (var k = place * Neighbours; k < (place + 1) * Neighbours; k++)
            borrowed += _shares[k] * scores[_lenders[k]];
        return (_own[place] * scores[item]) + ((1 - _own[place]) * borrowed);
    }

    /// <summary>Lets every borrower borrow; lenders lend what is their own.</summary>
    /// <param name="scores">Own scores by item; replaced.</param>
    public void Apply(Span<float> scores)
    {
        var changed = new float[_borrowers.Length];
        for (var b = 0; b < changed.Length; b++)
            changed[b] = Of(_borrowers[b], scores);
        for (var b = 0; b < changed.Length; b++)
            scores[_borrowers[b]] = changed[b];
    }

    // Moves the least keys to the front, in order; of equals the first counts.
    private static void Nearest(float[] keys, int[] items)
    {
        for (var k = 0; k < Neighbours; k++)
        {
            var least = k;
            for (var i = k + 1; i < keys.Length; i++)
                least = keys[i] < keys[least] ? i : least;
            (keys[k], keys[least]) = (keys[least], keys[k]);
            (items[k], items[least]) = (items[least], items[k]);
        }
    }

    private static void Unit(ReadOnlySpan<float> vector, Span<float> unit)
    {
        var norm = TensorPrimitives.Norm(vector);
        if (norm > 0)
            TensorPrimitives.Divide(vector, norm, unit);
        else
            unit.Clear();
    }
}
