using System.Collections.Immutable;
using AgentRec.Domain;
using AgentRec.Import;
using AgentRec.Recommenders.Screening;

namespace AgentRec.Simulation;

/// <summary>Tries the screen for invented users on real profiles, into which profiles of every kind are put.</summary>
public static class ScreenTrial
{
    private static readonly double[] Shares = [0.01, 0.02, 0.03, 0.04, 0.05];
    private static readonly double[] Fillers = [0.005, 0.01, 0.03];

    private const double Newcomers = 0.1;
    private const int LongestBeginning = 4;

    /// <summary>
    /// Tries all kinds of profile, from one to five invented users for a hundred real ones, with fillers of half a percent to three percent of the items. Profiles of
    /// a single item are put among real users of whom every tenth is cut to the first one to four ratings: where everybody has rated much, such profiles stand out.
    /// </summary>
    /// <param name="folder">A data folder with ratings.</param>
    /// <param name="trials">How many attacks of each sort, each on a target of its own.</param>
    /// <param name="seed">The seed of the attacks.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What came of it by kind and share; the first two lines are of no attack at all, on whole profiles and with every tenth cut.</returns>
    /// <exception cref="SimulationException">The folder has too few users with ratings.</exception>
    public static ImmutableArray<ScreenFigures> Run(string folder, int trials, ulong seed, CancellationToken cancellationToken = default)
    {
        var data = DataFolder.Open(folder).ReadAll(static _ => { });
        var places = data.Items.Index().ToDictionary(item => item.Item.ItemId, item => item.Index, StringComparer.Ordinal);
        (int Item, double Rating)[][] real =
        [
            .. data.Interactions.Where(interaction => interaction is { Type: InteractionType.Rate, Value: not null })
                .GroupBy(rating => rating.UserId, StringComparer.Ordinal).OrderBy(user => user.Key, StringComparer.Ordinal)
                .Select(user => user.OrderBy(rating => rating.Timestamp).GroupBy(rating => places[rating.ItemId]).Select(same => (same.Key, same.Last().Value!.Value)).ToArray()),
        ];
        if (real.Length < 100)
            throw new SimulationException($"{folder} holds ratings of {real.Length} users: a trial needs at least 100.");
        var ratings = ItemRatings.Of(data.Items.Count, real.SelectMany(user => user), [.. data.Items.Select(item => item.Values(FacetNames.Genre).ToArray())]);
        var figures = ImmutableArray.CreateBuilder<ScreenFigures>();
        figures.Add(Try(null, 0, attacks: 1, 0));
        figures.Add(Try(null, 0, trials, Newcomers));
        foreach (var kind in Enum.GetValues<ShillingProfile>())
        {
            foreach (var share in Shares)
                figures.Add(Try(kind, share, trials * Fillers.Length, kind is ShillingProfile.Single ? Newcomers : 0));
        }
        return figures.ToImmutable();

        ScreenFigures Try(ShillingProfile? kind, double share, int attacks, double newcomers)
        {
            var results = new (int Found, int Invented, int Alarms)[attacks];
            Parallel.For(0, results.Length, new ParallelOptions { CancellationToken = cancellationToken }, i =>
            {
                var chance = new Chance(StableHash.Of(seed, (ulong)i));
                var people = real.Select((user, place) => Cut(user, place, newcomers, chance)).ToArray();
                (int Item, double Rating)[][] invented = [];
                if (kind is { } sort)
                {
                    var shilling = new Shilling(ratings, chance);
                    var target = shilling.Target(0);
                    invented = [.. Enumerable.Range(0, Math.Max(1, (int)Math.Round(share * real.Length))).Select(one => shilling.Profile(sort, target, Fillers[i % Fillers.Length], one).ToArray())];
                }
                var suspects = ProfileScreen.Suspects([.. people, .. invented], data.Items.Count);
                results[i] = (suspects[real.Length..].Count(suspect => suspect), invented.Length, suspects[..real.Length].Count(suspect => suspect));
            });
            var (found, all) = (results.Sum(one => one.Found), results.Sum(one => one.Invented));
            return new ScreenFigures(kind, share, newcomers, attacks, all == 0 ? null : (double)found / all, (double)results.Sum(one => one.Alarms) / (attacks * real.Length));
        }
    }

    /// <summary>A user, or the beginning of that user's past.</summary>
    private static (int Item, double Rating)[] Cut((int Item, double Rating)[] user, int place, double newcomers, Chance chance) =>
        chance.Uniform(Draw.Audits, 1, place) < newcomers ? user[..Math.Min(user.Length, 1 + (int)(chance.Uniform(Draw.Audits, 2, place) * LongestBeginning))] : user;
}

/// <summary>What a screen came to.</summary>
/// <param name="Profile">The kind of profile; null: there was no attack.</param>
/// <param name="Share">Invented users for each real one.</param>
/// <param name="Newcomers">The share of real users of whom only the first ratings were known.</param>
/// <param name="Attacks">How many attacks were tried; without an attack, how many cuts.</param>
/// <param name="Detection">The share of invented users that were found; null without an attack.</param>
/// <param name="FalseAlarms">The share of real users that were taken for invented ones.</param>
public sealed record ScreenFigures(ShillingProfile? Profile, double Share, double Newcomers, int Attacks, double? Detection, double FalseAlarms);
