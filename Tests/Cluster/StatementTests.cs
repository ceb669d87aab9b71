using AgentRec.Domain;

namespace AgentRec.Tests.Cluster;

/// <summary>What a user states moves the next slate.</summary>
[Collection(SiloCollection.Name)]
[Trait("Category", "Cluster")]
public sealed class StatementTests(SiloFixture silo)
{
    private const string Free = "free-of-rules";

    [Fact]
    public async Task CorrectInWords_IsRecorded_AndFilters()
    {
        const string user = "viewer-031";
        var session = await silo.OpenAsync("in-words", user);
        var memory = await silo.User(user).CorrectInWords("I no longer watch drama, and zorbs bore me");

        Assert.Equal([new Correction("genre", "Drama", Attitude.Never)], memory!.Stated.AsEnumerable());
        Assert.Equal(["zorbs"], memory.NotUnderstood!.Value.AsEnumerable());
        Assert.Contains("You said that you never want genre Drama.", memory.Sentences);
        Assert.DoesNotContain("Drama", GenresOf(await silo.TurnAsync(session)));
        Assert.Null(await silo.User(user).CorrectInWords("the weather is nice"));
    }

    [Fact]
    public Task Exchange_OfLikedAndDisliked_TurnsTheirSharesAround() => ExchangeAsync(users: 40, "few");

    [Fact, Trait("Category", "Long")]
    public Task Exchange_OfLikedAndDisliked_TurnsTheirSharesAroundForMost() => ExchangeAsync(users: 400, "many");

    private async Task ExchangeAsync(int users, string name)
    {
        Assert.Empty((await silo.Policies.Put(Free, $$"""{"name":"{{Free}}","rules":[]}""")).Errors);
        var turned = 0;
        var kept = new List<string>();
        for (var i = 1; i <= users; i++)
        {
            var user = $"viewer-{i:000}";
            var (liked, disliked) = Leanings(await silo.User(user).DescribeMemory());
            var session = await silo.OpenAsync($"exchange-{name}-{user}", user);
            await silo.User(user).Correct([new Correction("genre", liked, Attitude.Like), new Correction("genre", disliked, Attitude.Dislike)]);
            var before = GenresOf(await silo.TurnAsync(session, TurnRequest.Empty with { Policy = Free }));
            await silo.User(user).Correct([new Correction("genre", liked, Attitude.Dislike), new Correction("genre", disliked, Attitude.Like)]);
            var after = GenresOf(await silo.TurnAsync(session, TurnRequest.Empty with { Policy = Free }));
            if (Count(before, liked) > Count(before, disliked) && Count(after, liked) < Count(after, disliked))
                turned++;
            else
                kept.Add($"{user}: {liked} {Count(before, liked)} to {Count(after, liked)}, {disliked} {Count(before, disliked)} to {Count(after, disliked)}");
            await silo.User(user).Correct([new Correction("genre", liked, Attitude.Neutral), new Correction("genre", disliked, Attitude.Neutral)]);
        }

        Assert.True(turned >= 0.95 * users, $"turned around for {turned} of {users}; not for {string.Join("; ", kept)}");
    }

    /// <summary>The genres that the user takes to most and least, of those that a slate can be made of.</summary>
    private (string Liked, string Disliked) Leanings(Grains.Abstractions.Users.MemoryView memory)
    {
        var supply = silo.Catalogue.Items.SelectMany(item => item.Facets.TryGetValue("genre", out var genres) ? genres : []).CountBy(genre => genre).Where(genre => genre.Value >= 40).Select(genre => genre.Key).ToHashSet(StringComparer.Ordinal);
        var weights = supply.ToDictionary(genre => genre, genre => memory.Affinities.FirstOrDefault(one => one.Facet == "genre" && one.Value == genre)?.Weight ?? 0, StringComparer.Ordinal);
        var ordered = weights.OrderByDescending(genre => genre.Value).ThenBy(genre => genre.Key, StringComparer.Ordinal).Select(genre => genre.Key).ToArray();
        return (ordered[0], ordered[^1]);
    }

    private string[] GenresOf(TurnResult turn) =>
        [.. turn.Slate!.Items.SelectMany(item => silo.Catalogue.Items.First(one => one.ItemId == item.ItemId).Facets.TryGetValue("genre", out var genres) ? genres : [])];

    private static int Count(string[] genres, string genre) => genres.Count(one => one == genre);
}
