using AgentRec.Recommenders;

namespace AgentRec.Grains.Serving;

/// <summary>One user's scores with the handles in order of relevance, computed once for many turns.</summary>
internal sealed class RankedScores
{
    private readonly int[] _order;

    private RankedScores(UserScores scores, int[] order) => (Scores, _order) = (scores, order);

    /// <summary>The scores.</summary>
    public UserScores Scores { get; }

    /// <summary>All handles, best first; equal scores by a hash of the handle.</summary>
    public ReadOnlySpan<int> Order => _order;

    /// <summary>Ranks scores.</summary>
    public static RankedScores Of(UserScores scores)
    {
        var order = new int[scores.Count];
        var keys = new ulong[scores.Count];
        for (var handle = 0; handle < order.Length; handle++)
        {
            order[handle] = handle;
            keys[handle] = ((ulong)Descending(scores.Raw[handle]) << 32) | (uint)StableHash.Of(0, (ulong)handle);
        }
        Array.Sort(keys, order);
        return new RankedScores(scores, order);
    }

    /// <summary>The bits of a float such that unsigned order is falling numerical order.</summary>
    private static uint Descending(float score)
    {
        var bits = BitConverter.SingleToUInt32Bits(score);
        return ~((bits & 0x8000_0000) != 0 ? ~bits : bits | 0x8000_0000);
    }
}
