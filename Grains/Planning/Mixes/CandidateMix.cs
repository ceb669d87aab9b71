using System.Collections.Immutable;

namespace AgentRec.Grains.Planning.Mixes;

/// <summary>
/// What a window is filled with beside the user agent's nomination, which always comes whole: what rules need is among it.
/// </summary>
/// <param name="Name">The mix's name.</param>
/// <param name="Words">The candidates retrieved by words, as a multiple of the configured number.</param>
/// <param name="Trending">How many places go to what others take to now.</param>
/// <param name="Explored">The new items brought to the table where a policy keeps a place for one, as a multiple of the configured number.</param>
internal sealed record CandidateMix(string Name, int Words, int Trending, int Explored)
{
    /// <summary>What every turn gets while the bandit is off.</summary>
    public static readonly CandidateMix Standard = new("standard", 1, 0, 1);

    /// <summary>The mixes that the bandit chooses between. Names are in logs: a mix that changes gets another.</summary>
    public static readonly ImmutableArray<CandidateMix> All =
        [Standard, new("words", 2, 0, 1), new("trending", 1, 80, 1), new("exploration", 1, 0, 3)];
}
