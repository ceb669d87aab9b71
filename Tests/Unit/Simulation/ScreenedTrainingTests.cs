using AgentRec.Silo;
using AgentRec.Simulation;
using AgentRec.Storage;

namespace AgentRec.Tests.Unit.Simulation;

/// <summary>Whoever the screen names weighs nothing when models learn.</summary>
public sealed class ScreenedTrainingTests : IDisposable
{
    private const int RealUsers = 200;
    private const int Items = 800;

    private static readonly ModelTerms Models = new() { Scorers = ["popularity", "itemknn"] };
    private static readonly Chance Luck = new(21);

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task TrainAsync_WithoutWhomTheScreenNames_LearnsWhatItWouldHaveWithoutTheAttack()
    {
        var real = Worlds.Make(
            new Scenario { Name = "screened", Arms = [new ArmTerms("only")], World = new SyntheticTerms { Users = RealUsers, Items = Items, Genres = 8, RatingsPerUser = 30 } }, Luck);
        var attacked = Attacked(real);

        var believed = await LearnAsync("attacked", attacked, screen: false);
        var screened = await LearnAsync("screened", attacked, screen: true);
        var never = await LearnAsync("never", real, screen: true);

        Assert.Equal(attacked.Users[RealUsers..], screened.Suspects.Order(StringComparer.Ordinal));
        Assert.Empty(never.Suspects);
        Assert.Empty(believed.Suspects);
        Assert.Equal(never.Manifest.Version, screened.Manifest.Version);
        Assert.NotEqual(believed.Manifest.Version, screened.Manifest.Version);
    }

    private async Task<TrainedModel> LearnAsync(string name, World world, bool screen)
    {
        var folder = Path.Combine(_folder.Path, name);
        await StoreMaking.MakeAsync(folder, world, Models, seed: 1, CancellationToken.None);
        await using var store = await EmbeddedStore.OpenUnflushedAsync(folder, new VirtualClock(World.Start), CancellationToken.None);
        return (await StoreMaking.TrainAsync(store, Models, 1, screen, CancellationToken.None))!;
    }

    /// <summary>The same world with ten users who push an item.</summary>
    private static World Attacked(World real)
    {
        var shilling = new Shilling(ItemRatings.Of(real), Luck);
        var target = shilling.Target(0);
        PastRating[][] invented =
        [
            .. Enumerable.Range(0, 10).Select(i => shilling.Profile(ShillingProfile.Average, target, 0.03, i)
                .Select(one => new PastRating(one.Item, one.Rating, World.Start.AddDays(-1))).ToArray()),
        ];
        return new World
        {
            Items = real.Items, Arrives = real.Arrives, Traits = real.Traits, Quality = real.Quality, Genres = real.Genres, Mean = real.Mean, Unexplained = real.Unexplained,
            Users = [.. real.Users, .. invented.Select((_, i) => $"invented-{i}")], Tastes = [.. real.Tastes, .. invented.Select(_ => real.Tastes[0])],
            Leanings = [.. real.Leanings, .. invented.Select(_ => 0.0)], Past = [.. real.Past, .. invented],
        };
    }
}
