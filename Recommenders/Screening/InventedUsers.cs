using AgentRec.Domain;

namespace AgentRec.Recommenders.Screening;

/// <summary>Names users who look invented by what they did (see <see cref="ProfileScreen"/>), so that nothing is learned from them.</summary>
public static class InventedUsers
{
    /// <summary>Screens everybody.</summary>
    /// <param name="catalogue">The catalogue; interactions with other items are left out.</param>
    /// <param name="interactions">
    /// Interactions of any users, types and order. Ratings count as what they are, likes and consumptions as full marks, dislikes as the least; of an item with several,
    /// the latest counts.
    /// </param>
    /// <returns>The ids of those who look invented.</returns>
    public static IReadOnlySet<string> Among(Catalogue catalogue, IEnumerable<Interaction> interactions)
    {
        var profiles = new SortedDictionary<string, Dictionary<int, (double Rating, DateTimeOffset? At, string Id)>>(StringComparer.Ordinal);
        foreach (var interaction in interactions)
        {
            if (Marks(interaction) is not { } rating || !catalogue.TryHandle(interaction.ItemId, out var item))
                continue;
            if (!profiles.TryGetValue(interaction.UserId, out var profile))
                profiles.Add(interaction.UserId, profile = []);
            if (!profile.TryGetValue(item, out var known) || IsLater(interaction, known.At, known.Id))
                profile[item] = (rating, interaction.Timestamp, interaction.InteractionId);
        }
        var suspects = ProfileScreen.Suspects(
            [.. profiles.Values.Select(profile => profile.OrderBy(one => one.Key).Select(one => (one.Key, one.Value.Rating)).ToArray())], catalogue.Count);
        return profiles.Keys.Zip(suspects).Where(user => user.Second).Select(user => user.First).ToHashSet(StringComparer.Ordinal);
    }

    private static double? Marks(Interaction interaction) => interaction.Type switch
    {
        InteractionType.Rate => interaction.Value,
        InteractionType.Like or InteractionType.Consume => Interaction.GreatestRating,
        InteractionType.Dislike => Interaction.LeastRating,
        _ => null,
    };

    private static bool IsLater(Interaction interaction, DateTimeOffset? at, string id)
    {
        var order = Nullable.Compare(interaction.Timestamp, at);
        return order > 0 || (order == 0 && string.CompareOrdinal(interaction.InteractionId, id) > 0);
    }
}
