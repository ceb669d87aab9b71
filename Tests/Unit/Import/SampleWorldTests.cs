using AgentRec.Domain;
using AgentRec.Import.Sample;

namespace AgentRec.Tests.Unit.Import;

public sealed class SampleWorldTests
{
    private static readonly IReadOnlyList<Interaction> Ratings = SampleWorld.Ratings(SampleWorld.DefaultSeed);

    [Fact]
    public void Films_Bundled_HaveFacts()
    {
        var films = SampleWorld.Films();
        Assert.Equal(2000, films.Count);
        Assert.Equal("The Shawshank Redemption", films[0].Title);
        Assert.Equal("Frank Darabont", FolderContent.Facet(films[0], "director"));
        Assert.All(films, film => Assert.Single(film.Values(FacetNames.Genre)));
    }

    [Fact]
    public void Ratings_SameSeed_AreTheSame() => Assert.Equal(Ratings, SampleWorld.Ratings(SampleWorld.DefaultSeed));

    [Fact]
    public void Ratings_OtherSeed_Differ() => Assert.NotEqual(Ratings, SampleWorld.Ratings(1));

    [Fact]
    public void Ratings_All_AreValidDistinctAndOrdered()
    {
        Assert.InRange(Ratings.Count, 25_000, 35_000);
        Assert.All(Ratings, rating => Assert.Null(rating.Problem()));
        Assert.Equal(Ratings.Count, Ratings.Select(rating => (rating.UserId, rating.ItemId)).Distinct().Count());
        Assert.Equal(Ratings.Count, Ratings.Select(rating => rating.InteractionId).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(Ratings.OrderBy(rating => rating.Timestamp), Ratings);
        Assert.Equal(SampleWorld.Users, Ratings.Select(rating => rating.UserId).Distinct(StringComparer.Ordinal).Count());
        Assert.InRange(Ratings.Count(rating => rating.IsPositive) / (double)Ratings.Count, 0.35, 0.65);
    }

    [Fact]
    public void Ratings_NextFilm_FollowsFromTheOneBeforeMoreOftenThanFromFame()
    {
        // Hits of the next film among the ten best: by transitions seen in other users, against by fame.
        var byUser = Ratings.GroupBy(rating => rating.UserId, StringComparer.Ordinal).Select(group => group.Select(rating => rating.ItemId).ToList()).ToList();
        var (training, test) = (byUser.Take(300).ToList(), byUser.Skip(300).ToList());
        var famous = training.SelectMany(films => films).CountBy(film => film, StringComparer.Ordinal).OrderByDescending(film => film.Value).Select(film => film.Key).ToList();
        var following = training.SelectMany(films => films.Zip(films.Skip(1))).GroupBy(pair => pair.First, pair => pair.Second, StringComparer.Ordinal)
            .ToDictionary(
                group => group.Key,
                group => group.CountBy(film => film, StringComparer.Ordinal).OrderByDescending(film => film.Value).Take(10).Select(film => film.Key).ToHashSet(StringComparer.Ordinal),
                StringComparer.Ordinal);
        var (bySequence, byFame) = (0, 0);
        foreach (var films in test)
        {
            for (var i = 1; i < films.Count; i++)
            {
                var seen = films.Take(i).ToHashSet(StringComparer.Ordinal);
                bySequence += following.TryGetValue(films[i - 1], out var next) && next.Contains(films[i]) ? 1 : 0;
                byFame += famous.Where(film => !seen.Contains(film)).Take(10).Contains(films[i], StringComparer.Ordinal) ? 1 : 0;
            }
        }
        Assert.True(bySequence > 2 * byFame, $"{bySequence} hits by sequence, {byFame} by fame");
    }
}
