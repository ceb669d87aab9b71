using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace AgentRec.Recommenders.Vectors;

/// <summary>Keeps the greatest of many hits in a binary heap; ties are ordered by a hash of the handle.</summary>
/// <param name="count">How many it keeps.</param>
internal sealed class BestHits(int count)
{
    // The worst first; a parent is no better than its children.
    private readonly VectorHit[] _heap = new VectorHit[count];
    private int _kept;

    /// <summary>What a similarity must reach to be kept.</summary>
    public float Floor { get; private set; } = float.NegativeInfinity;

    /// <summary>Keeps a hit, and lets the worst go where there are too many.</summary>
    /// <param name="hit">The hit.</param>
    public void Add(VectorHit hit)
    {
        if (_kept < count)
            Rise(hit);
        else if (Compare(hit, _heap[0]) > 0)
            Sink(hit);
        if (_kept == count)
            Floor = _heap[0].Similarity;
    }

    /// <summary>What was kept, the greatest first. Nothing can be added any more.</summary>
    public ImmutableArray<VectorHit> Falling()
    {
        var hits = _kept == count ? _heap : _heap[.._kept];
        Array.Sort(hits, static (one, other) => Compare(other, one));
        return ImmutableCollectionsMarshal.AsImmutableArray(hits);
    }

    private void Rise(VectorHit hit)
    {
        var place = _kept++;
        for (; place > 0 && Compare(hit, _heap[(place - 1) / 2]) < 0; place = (place - 1) / 2)
            _heap[place] = _heap[(place - 1) / 2];
        _heap[place] = hit;
    }

    private void Sink(VectorHit hit)
    {
        var place = 0;
        while ((2 * place) + 1 < count)
        {
            var child = (2 * place) + 1;
            if (child + 1 < count && Compare(_heap[child + 1], _heap[child]) < 0)
                child++;
            if (Compare(hit, _heap[child]) <= 0)
                break;
            _heap[place] = _heap[child];
            place = child;
        }
        _heap[place] = hit;
    }

    private static int Compare(VectorHit one, VectorHit other)
    {
        var order = one.Similarity.CompareTo(other.Similarity);
        return order != 0 ? order : StableHash.Of(0, (ulong)one.Handle).CompareTo(StableHash.Of(0, (ulong)other.Handle));
    }
}
