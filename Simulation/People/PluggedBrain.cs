using System.Collections.Immutable;
using AgentRec.Domain;

namespace AgentRec.Simulation;

/// <summary>Asks a brain that was plugged in, believes nothing that cannot be, and lets the rules read where it has no answer.</summary>
/// <param name="plug">The brain; null: the rules read everything.</param>
/// <param name="rules">The rules.</param>
/// <param name="scenario">What kinds of people are called.</param>
/// <param name="world">What is true.</param>
internal sealed class PluggedBrain(IUserBrain? plug, RuleBrain rules, Scenario scenario, World world)
{
    private const int Told = 10;

    /// <summary>Reads a slate.</summary>
    /// <param name="person">The reader.</param>
    /// <param name="slate">Places of items in the world, the first place first.</param>
    /// <param name="turn">The turn of the session, from 1.</param>
    /// <param name="cancellationToken">The run is stopped.</param>
    /// <returns>What became of each place, and whether the rules stood in for the plug; null without one.</returns>
    public async ValueTask<(Reading[] Readings, bool? StoodIn)> ReadAsync(Person person, IReadOnlyList<int> slate, int turn, CancellationToken cancellationToken)
    {
        if (plug is null)
            return (rules.Read(person, slate, turn), null);
        ImmutableArray<Choice> choices;
        try
        {
            ImmutableArray<SeenItem> seen =
            [
                .. slate.Select(item => new SeenItem(
                    world.Items[item], person.State.Known.Contains(item), world.Appeal(person.Index, person.State.Taste, item), person.Moment.Popularity[item])),
            ];
            choices = await plug.ReadAsync(Describe(person, turn), seen, cancellationToken);
        }
        // Somebody else's code: whatever it fails with, the user reads on.
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            return (rules.Read(person, slate, turn), true);
        }
        if (choices.IsDefault || choices.Length != slate.Count || choices.Zip(slate).Any(one => !CanBe(one.First, person.State.Known.Contains(one.Second))))
            return (rules.Read(person, slate, turn), true);
        var inclination = rules.Inclines(person);
        return (
            [
                .. choices.Zip(slate, (choice, item) =>
                {
                    var rating = choice.Rating is { } points ? Ratings.Of(points) : (double?)null;
                    return new Reading(item, choice.LooksAt, rating, inclination.Chance(item), rating ?? 0);
                }),
            ],
            false);
    }

    private static bool CanBe(Choice choice, bool isKnown) => choice.Rating is not { } rating
        || (choice.LooksAt && !isKnown && rating is >= Interaction.LeastRating and <= Interaction.GreatestRating);

    private Reader Describe(Person person, int turn)
    {
        var traits = person.Traits;
        return new Reader(
            world.Users[person.Index], scenario.Population[traits.Kind].Name, person.Moment.Period, turn,
            ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal,
            [
                KeyValuePair.Create("conformity", traits.Conformity), KeyValuePair.Create("diversity", traits.Diversity), KeyValuePair.Create("patience", traits.Patience),
                KeyValuePair.Create("positionBias", traits.PositionBias), KeyValuePair.Create("trust", traits.Trust), KeyValuePair.Create("noise", traits.Noise),
            ]),
            person.State.Mood,
            [.. world.Past[person.Index].Reverse().Where(past => past.Rating >= 4).Take(Told).Select(past => world.Items[past.Item].Title)],
            [.. person.State.Lately]);
    }
}
