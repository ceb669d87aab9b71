using System.Buffers;

namespace AgentRec.Recommenders.Blending;

/// <summary>What one scorer says of some items.</summary>
/// <param name="Scores">Its own scores.</param>
/// <param name="Scaled">The same, rescaled (see <see cref="ScoreScale"/>).</param>
internal sealed record ScorePart(float[] Scores, float[] Scaled)
{
    /// <summary>Room for a number of items.</summary>
    /// <param name="items">The number.</param>
    public static ScorePart Of(int items) => new(new float[items], new float[items]);

    /// <summary>Room for at least a number of items, with anything in it, that is given back by <see cref="Return"/>.</summary>
    /// <param name="items">The number.</param>
    public static ScorePart Rent(int items) => new(ArrayPool<float>.Shared.Rent(items), ArrayPool<float>.Shared.Rent(items));

    /// <summary>Gives rented room back.</summary>
    public void Return()
    {
        ArrayPool<float>.Shared.Return(Scores);
        ArrayPool<float>.Shared.Return(Scaled);
    }
}
