using System.Collections.Immutable;
using AgentRec.Domain;
using AgentRec.Import;

namespace AgentRec.Simulation;

/// <summary>Tries the screen for invented users on real profiles, into which profiles of every kind are put.</summary>
public static class ScreenTrial
{
    private static readonly double[] Shares = [0.01, 0.02, 0.03, 0.04, 0.05];
    private static readonly double[] Fillers = [0.005, 0.01, 0.03];

    /// <summary>Tries all kinds of profile, from one to five invented users for a hundred real ones, with fillers of half a percent to three percent of the items.</summary>
    /// <param name="folder">A data folder with ratings.</param>
    /// <param name="trials">How many attacks of each sort, each on a target of its own.</param>
    /// <param name="seed">The seed of the attacks.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What came of it by kind and share; the first line is of no attack at all.</returns>
    /// <exception cref="SimulationException">The folder has too few users with ratings.</exception>
    public static ImmutableArray<ScreenFigures> Run(string folder, int trials, ulong seed, CancellationToken cancellationToken = default)
    {
        var data = DataFolder.Open(folder).ReadAll(static _ => { });
        var places = data.Items.Index().ToDictionary(item => item.Item.ItemId, item => item.Index, StringComparer.Ordinal);
        (int Item, double Rating)[][] real =
        [
            .. data.Interactions.Where(interaction => interaction is { Type: InteractionType.Rate, Value: not null })
                .GroupBy(rating => rating.UserId, StringComparer.Ordinal).OrderBy(user => user.Key, StringComparer.Ordinal)
                .Select(user => user.GroupBy(rating => places[rating.ItemId]).Select(same => (same.Key, same.Last().Value!.Value)).OrderBy(one => one.Key).ToArray()),
        ];
        if (real.Length < 100)
            throw new SimulationException($"{folder} holds ratings of {real.Length} users: a trial needs at least 100.");
        var ratings = ItemRatings.Of(data.Items.Count, real.SelectMany(user => user), [.. data.Items.Select(item => item.Values(FacetNames.Genre).ToArray())]);
        var alarms = ProfileScreen.Suspects(real, data.Items.Count).Count(suspect => suspect);
        var figures = ImmutableArray.CreateBuilder<ScreenFigures>();
        figures.Add(new ScreenFigures(null, 0, 1, null, (double)alarms / real.Length));
        foreach (var kind in Enum.GetValues<ShillingProfile>())
        {
            foreach (var share in Shares)
                figures.Add(Try(kind, share));
        }
        return figures.ToImmutable();

        ScreenFigures Try(ShillingProfile kind, double share)
        {
            var (found, invented, falsely, attacks) = (0, 0, 0, 0);
            var results = new (int Found, int Invented, int Alarms)[trials * Fillers.Length];
            Parallel.For(0, results.Length, new ParallelOptions { CancellationToken = cancellationToken }, i =>
            {
                var shilling = new Shilling(ratings, new Chance(StableHash.Of(seed, (ulong)i)));
                var target = shilling.Target(0);
                var count = Math.Max(1, (int)Math.Round(share * real.Length));
                var profiles = real.Concat(Enumerable.Range(0, count).Select(one => shilling.Profile(kind, target, Fillers[i % Fillers.Length], one).ToArray())).ToArray();
                var suspects = ProfileScreen.Suspects(profiles, data.Items.Count);
                results[i] = (suspects[real.Length..].Count(suspect => suspect), count, suspects[..real.Length].Count(suspect => suspect));
            });
            foreach (var (f, n, a) in results)
                (found, invented, falsely, attacks) = (found + f, invented + n, falsely + a, attacks + 1);
            return new ScreenFigures(kind, share, attacks, (double)found / invented, (double)falsely / (attacks * real.Length));
        }
    }
}

/// <summary>What a screen came to.</summary>
/// <param name="Profile">The kind of profile; null: there was no attack.</param>
/// <param name="Share">Invented users for each real one.</param>
/// <param name="Attacks">How many attacks were tried.</param>
/// <param name="Detection">The share of invented users that were found; null without an attack.</param>
/// <param name="FalseAlarms">The share of real users that were taken for invented ones.</param>
public sealed record ScreenFigures(ShillingProfile? Profile, double Share, int Attacks, double? Detection, double FalseAlarms);
