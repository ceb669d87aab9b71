using System.Collections.Immutable;
using AgentRec.Domain;

namespace AgentRec.Simulation;

/// <summary>What happens at the start of a period before anybody comes by: arrivals, providers' doings, attacks.</summary>
/// <param name="scenario">The scenario.</param>
/// <param name="arm">The arm.</param>
/// <param name="world">What is true.</param>
/// <param name="state">How things stand.</param>
/// <param name="silo">The agents.</param>
/// <param name="chance">The run's luck.</param>
internal sealed class PeriodStart(Scenario scenario, ArmTerms arm, World world, ArmState state, SimulatedSilo silo, Chance chance)
{
    private const int BoostersPerPeriod = 5;

    public async Task RunAsync(int period, DateTimeOffset now)
    {
        ImmutableArray<Item> arrived = [.. Enumerable.Range(0, world.Items.Length).Where(item => world.Arrives[item] == period).Select(item => world.Items[item])];
        if (arrived.Length > 0)
            await silo.Catalogue.Put(arrived);
        foreach (var provider in arm.Providers ?? scenario.Providers)
            await ActAsync(provider, period, now);
        // Numbered over all periods: every wave pushes an item of its own, with profiles of its own.
        foreach (var (i, attack) in scenario.Events.OfType<AttackEvent>().Index().Where(one => one.Item.Period == period))
            await AttackAsync(attack, i, now);
    }

    private async Task ActAsync(ProviderTerms provider, int period, DateTimeOffset now)
    {
        var own = Enumerable.Range(0, world.Present(period)).Where(item => string.Equals(world.Items[item].Provider, provider.Provider, StringComparison.Ordinal));
        if (provider.Strategy is ProviderStrategy.KeywordStuffing)
            own = own.Where(item => !state.Stuffed.Contains(item));
        var item = provider.Goal switch
        {
            ProviderGoal.Exposure => own.OrderBy(item => state.Shown[item]).ThenBy(item => item).Select(item => (int?)item).FirstOrDefault(),
            ProviderGoal.Sales => own.OrderByDescending(item => world.Quality[item]).Select(item => (int?)item).FirstOrDefault(),
            _ => own.OrderByDescending(item => world.Arrives[item]).ThenByDescending(item => item).Select(item => (int?)item).FirstOrDefault(),
        };
        if (item is not { } promoted)
            return;
        switch (provider.Strategy)
        {
            case ProviderStrategy.Boosting:
                for (var i = 0; i < BoostersPerPeriod; i++)
                    await InventAsync($"boost-{provider.Provider}-{period}-{i}", [(promoted, 5)], now);
                break;
            case ProviderStrategy.KeywordStuffing:
                state.Stuffed.Add(promoted);
                await silo.Catalogue.Put([Stuffed(world.Items[promoted])]);
                break;
        }
    }

    private async Task AttackAsync(AttackEvent attack, int number, DateTimeOffset now)
    {
        var shilling = new Shilling(ItemRatings.Of(world), chance);
        var target = shilling.Target(number);
        var count = Math.Max(1, (int)Math.Round(attack.Share * world.Users.Length));
        for (var i = 0; i < count; i++)
            await InventAsync($"shill-{attack.Period}-{number}-{i}", shilling.Profile(attack.Profile, target, attack.Filler, (number * 100_000) + i), now);
    }

    private async Task InventAsync(string userId, IReadOnlyList<(int Item, double Rating)> ratings, DateTimeOffset now)
    {
        state.Invented.Add(userId);
        var verdicts = await silo.User(userId).Record(
            [.. ratings.Select(rating => new Interaction($"{userId}-{rating.Item}", userId, world.Items[rating.Item].ItemId, InteractionType.Rate, rating.Rating, now))]);
        if (verdicts.Any(verdict => verdict.Status is not Grains.Abstractions.Users.RecordStatus.Accepted))
            throw new SimulationException($"Ratings of the invented user {userId} were not accepted: {verdicts.First(verdict => verdict.Reason is not null).Reason}");
    }

    /// <summary>The item with the three genres beside its own that most items carry, in facets and text.</summary>
    private Item Stuffed(Item item)
    {
        var own = item.Values(FacetNames.Genre);
        string[] claimed =
        [
            .. world.Genres.SelectMany(genres => genres).GroupBy(genre => genre, StringComparer.Ordinal)
                .OrderByDescending(genre => genre.Count()).ThenBy(genre => genre.Key, StringComparer.Ordinal)
                .Select(genre => genre.Key).Where(genre => !own.Contains(genre, StringComparer.Ordinal)).Take(3),
        ];
        return item with
        {
            Facets = item.Facets.SetItem(FacetNames.Genre, [.. own, .. claimed]),
            Text = $"{item.Text} {string.Join(' ', Enumerable.Repeat(string.Join(' ', claimed), 5))}",
        };
    }
}
