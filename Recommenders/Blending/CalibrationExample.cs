using System.Collections.Immutable;
using AgentRec.Recommenders.Scorers;

namespace AgentRec.Recommenders.Blending;

/// <summary>One user's candidate window and what of it was taken.</summary>
/// <param name="Raw">Raw scores.</param>
/// <param name="Taken">Whether each was taken, parallel to <paramref name="Raw"/>.</param>
internal sealed record CalibrationExample(float[] Raw, bool[] Taken)
{
    // The widest window that a turn negotiates over: relevances are read there.
    private const int Window = 400;

    /// <summary>The best items of a blend.</summary>
    /// <param name="scorers">Scorers that have not seen the targets.</param>
    /// <param name="blend">The blend.</param>
    /// <param name="user">The user.</param>
    /// <param name="itemCount">The number of items.</param>
    public static CalibrationExample Of(ImmutableArray<IScorer> scorers, Blend blend, HeldOutUser user, int itemCount)
    {
        var raw = new float[itemCount];
        blend.Score(scorers, user.History, itemCount, raw);
        int[] window = [.. BestOf.Above(float.NegativeInfinity, raw, Window, [.. user.Excluded]).Order()];
        return new CalibrationExample([.. window.Select(handle => raw[handle])], [.. window.Select(handle => user.Targets.Contains(handle))]);
    }
}
