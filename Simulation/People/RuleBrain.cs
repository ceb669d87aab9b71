namespace AgentRec.Simulation;

/// <summary>
/// The default brain. An item at place p is looked at with probability (1 / log2(p + 1))^(2 position bias). What is looked at and not
/// known yet is taken with probability 1 / (1 + exp(-2 x)), where x is the item's appeal in points of rating beyond
/// <see cref="Threshold"/>, plus conformity times (popularity - 1/2) times 2, plus trust, plus what is in fashion, plus or minus the
/// taste for diversity as its first genre is not or is among the last five taken. What is taken is felt: appeal, fashion, a quarter of
/// the pull of others, and noise; and rated accordingly, or, where data tell how a user rates, relative to what the user has come to
/// expect (see <see cref="AdaptationLevel"/>); there, leaning to more or fewer points than others counts in no decision to take.
/// </summary>
/// <param name="world">What is true.</param>
/// <param name="chance">The run's luck.</param>
internal sealed class RuleBrain(World world, Chance chance)
{
    /// <summary>The points of rating at which half of what is looked at is taken by somebody without other motives.</summary>
    public const double Threshold = 4.6;

    /// <summary>Reads a slate from the top.</summary>
    /// <param name="person">The reader.</param>
    /// <param name="slate">Places of items in the world, the first place first.</param>
    /// <param name="turn">The turn of the session, from 1.</param>
    /// <returns>What became of each place, in order.</returns>
    public Reading[] Read(Person person, IReadOnlyList<int> slate, int turn)
    {
        var (traits, state, period) = (person.Traits, person.State, person.Moment.Period);
        var (inclination, readings) = (Inclines(person), new Reading[slate.Count]);
        for (var place = 0; place < slate.Count; place++)
        {
            var item = slate[place];
            var utility = inclination.Chance(item);
            var looksAt = chance.Uniform(Draw.LooksAt, person.Index, item, Time(period, turn)) < Looks(traits, place);
            var takes = looksAt && !state.Known.Contains(item) && chance.Uniform(Draw.Takes, person.Index, item, Time(period, turn)) < utility;
            var felt = takes ? Feel(person, item) : 0;
            readings[place] = new Reading(item, looksAt, takes ? Rate(person, item, felt) : null, utility, felt);
        }
        return readings;
    }

    /// <summary>The chance that somebody looks at a place.</summary>
    /// <param name="traits">The reader's.</param>
    /// <param name="place">The place, from 0.</param>
    public static double Looks(Traits traits, int place) => Math.Pow(Math.Log2(place + 2), -2 * traits.PositionBias);

    /// <summary>The chance that the reader takes an item when looking at it.</summary>
    /// <param name="person">The reader.</param>
    /// <param name="item">The item's place in the world.</param>
    public double Chance(Person person, int item) => Inclines(person).Chance(item);

    /// <summary>What inclines the reader now.</summary>
    public Inclination Inclines(Person person) => new(world, person);

    private double Feel(Person person, int item) =>
        world.Appeal(person.Index, person.State.Taste, item) + person.Moment.Fashion(world.Genres[item])
        + (0.25 * person.Traits.Conformity * 2 * (person.Moment.Popularity[item] - 0.5))
        + (person.Traits.Noise * world.Unexplained * chance.Normal(Draw.Rates, person.Index, item));

    private double Rate(Person person, int item, double felt) => world.Scales is { } scales && person.State.Expects is { } expected
        ? expected.Rate(felt, scales[person.Index], chance.Uniform(Draw.Rates, person.Index, item, 1))
        : Ratings.Of(felt);

    // A session has few turns: period and turn fit one number.
    private static int Time(int period, int turn) => (period * 64) + turn;
}
