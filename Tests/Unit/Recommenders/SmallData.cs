using AgentRec.Domain;
using AgentRec.Recommenders;

namespace AgentRec.Tests.Unit.Recommenders;

/// <summary>Small worlds to learn from.</summary>
internal static class SmallData
{
    public static ParallelOptions OneWorker { get; } = new() { MaxDegreeOfParallelism = 1 };

    public static Item Film(string id, string title, int? year = null, params string[] genres)
    {
        var facets = Item.NoFacets;
        if (genres.Length > 0)
            facets = facets.Add(FacetNames.Genre, [.. genres]);
        if (year is { } known)
            facets = facets.Add(FacetNames.Year, [$"{known}"]);
        return new Item(id, title, null, facets, null);
    }

    public static Catalogue Films(int count) =>
        Catalogue.Create(Enumerable.Range(0, count).Select(i => Film($"f{i}", $"Film number{i} ({1950 + i})", 1950 + i, i % 2 == 0 ? "Drama" : "Comedy")));

    public static UserHistory History(params int[] items) => UserHistory.Create(items.Select((item, place) => (item, (long)place * 1000)));

    public static TrainingData Data(int items, params int[][] users) => new(items, users.Select(History));

    /// <summary>Users who walk through the items from a random start, with random leaps: there is order to be found.</summary>
    public static TrainingData Walks(int items, int users, int length, int seed)
    {
        var random = new Random(seed);
        return new TrainingData(items, Enumerable.Range(0, users).Select(_ =>
        {
            var at = random.Next(items);
            return UserHistory.Create(Enumerable.Range(0, length).Select(step =>
            {
                at = random.Next(4) == 0 ? random.Next(items) : (at + 1) % items;
                return (at, 1000L * ((step * 10) + random.Next(10)));
            }).ToArray());
        }));
    }

    public static float[] Scores(AgentRec.Recommenders.Scorers.IScorer scorer, UserHistory history, int? items = null)
    {
        var scores = new float[items ?? scorer.ItemCount];
        scorer.Score(history, scores);
        return scores;
    }

    public static Interaction Rated(string user, string item, double rating, long seconds) =>
        new($"{user}-{item}", user, item, InteractionType.Rate, rating, DateTimeOffset.FromUnixTimeSeconds(seconds));
}
