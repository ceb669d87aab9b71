using AgentRec.Domain;
using StableHash = AgentRec.Domain.StableHash;

namespace AgentRec.Import.Sample;

/// <summary>
/// The sample that comes with the build: facts of 2,000 real films, and ratings by users who do not exist. The users are
/// simulated from a seed; nothing that is learned from them says anything about real people.
/// </summary>
/// <remarks>
/// How the ratings come about: films lie in a space of latent traits that films of one genre, director, decade or kind of story
/// share in part. Each viewer has a taste in that space which drifts over two years, watches in evenings of a few films, prefers
/// what is close to the taste, widely known or talked about at the time, and often goes from one film to a kindred one. Ratings
/// follow taste and the film's own quality, with noise.
/// </remarks>
public static class SampleWorld
{
    /// <summary>The seed of the bundled demonstration.</summary>
    public const ulong DefaultSeed = 20240501;

    /// <summary>The number of simulated users.</summary>
    public const int Users = 400;

    /// <summary>The first moment of the simulation, which covers two years from it.</summary>
    public static DateTimeOffset Beginning { get; } = new(2023, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The films.</summary>
    public static IReadOnlyList<Item> Films() => SampleFilms.Read();

    /// <summary>Simulates ratings.</summary>
    /// <param name="seed">The same seed gives the same ratings.</param>
    /// <returns>The ratings by time, each film rated at most once by a user.</returns>
    public static IReadOnlyList<Interaction> Ratings(ulong seed)
    {
        var space = new FilmSpace(SampleFilms.Read(), seed);
        var ratings = new List<Interaction>();
        for (var user = 0; user < Users; user++)
            new Viewer(space, $"viewer-{user + 1:D3}", new Random((int)(StableHash.Of(seed, (ulong)user) >> 33))).Watch(ratings);
        return [.. ratings.OrderBy(rating => rating.Timestamp).ThenBy(rating => rating.InteractionId, StringComparer.Ordinal)];
    }
}
