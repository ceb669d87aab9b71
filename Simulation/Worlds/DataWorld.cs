using AgentRec.Domain;
using AgentRec.Import;

namespace AgentRec.Simulation;

/// <summary>Makes a world from a data set.</summary>
internal static class DataWorld
{
    /// <summary>Makes it.</summary>
    /// <param name="terms">Which data.</param>
    /// <param name="chance">The run's luck.</param>
    public static World Make(DataTerms terms, Chance chance)
    {
        var data = DataFolder.Open(terms.Folder).ReadAll(static _ => { });
        var places = data.Items.Index().ToDictionary(item => item.Item.ItemId, item => item.Index, StringComparer.Ordinal);
        var people = data.Interactions.Where(interaction => interaction is { Type: InteractionType.Rate, Value: not null })
            .GroupBy(rating => rating.UserId, StringComparer.Ordinal)
            .OrderBy(user => StableHash.Of(chance.Seed, user.Key)).ThenBy(user => user.Key, StringComparer.Ordinal)
            .Take(terms.Users ?? int.MaxValue)
            .OrderBy(user => user.Key, StringComparer.Ordinal)
            .Select(user => (
                Id: user.Key,
                Ratings: user.GroupBy(rating => rating.ItemId, StringComparer.Ordinal).Select(same => same.OrderBy(rating => rating.Timestamp).Last())
                    .Select(rating => new PastRating(places[rating.ItemId], rating.Value!.Value, rating.Timestamp ?? World.Start.AddDays(-1)))
                    .OrderBy(rating => rating.At).ThenBy(rating => rating.Item).ToArray()))
            .ToArray();
        if (people.Length < 2)
            throw new SimulationException($"{terms.Folder} holds ratings of {people.Length} users: at least 2 are needed.");
        // The last rating is just before the first period.
        var shift = World.Start - TimeSpan.FromMinutes(1) - people.SelectMany(one => one.Ratings).Max(rating => rating.At);
        PastRating[][] past = [.. people.Select(one => one.Ratings.Select(rating => rating with { At = rating.At + shift }).ToArray())];
        var learned = RatingFactors.Learn(past, data.Items.Count, chance);
        return new World
        {
            Items = [.. data.Items], Arrives = new int[data.Items.Count], Traits = learned.Items, Quality = learned.ItemBias,
            Genres = [.. data.Items.Select(item => item.Values(FacetNames.Genre).ToArray())],
            Users = [.. people.Select(one => one.Id)], Tastes = learned.Users, Leanings = learned.UserBias, Past = past, Mean = learned.Mean, Unexplained = learned.Unexplained,
            Scales = [.. past.Select(ratings => ratings.Select(rating => rating.Rating).Order().ToArray())],
        };
    }
}
