namespace AgentRec.Simulation;

/// <summary>
/// How often somebody from a data set comes by, and for how long, by the method of moments: so that the ratings expected of a visitor
/// with these traits and tastes are a given part of those that the user gave in the data, on as many visits as the user had sessions.
/// What is expected is counted on a plain list, the items by how many rated them, best known first, each shown once: no recommender
/// is asked. How many ratings a simulated user then gives depends on what the agents show; how many they are is never told to anybody.
/// </summary>
internal sealed class ActivityFit
{
    /// <summary>A session ends with a pause of so long.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMinutes(30);

    /// <summary>The most turns that a visit has on average.</summary>
    public const int LongestVisit = 40;

    // In a month of days people give half as many ratings as in the data: some gave thousands, over years.
    private const double Share = 0.5;
    private const int WholePeriods = 30;

    private const int MostItems = 10_000;

    private readonly World _world;
    private readonly RuleBrain _brain;
    private readonly int[] _byFame;
    private readonly Moment _first;
    private readonly int _periods;
    private readonly int _slateSize;

    /// <summary>Prepares to fit.</summary>
    /// <param name="scenario">How long it goes on, and how long slates are.</param>
    /// <param name="world">A world from data.</param>
    /// <param name="chance">The run's luck.</param>
    public ActivityFit(Scenario scenario, World world, Chance chance)
    {
        (_world, _periods, _slateSize) = (world, scenario.Periods, scenario.SlateSize);
        _brain = new RuleBrain(world, chance);
        var counts = new int[world.Items.Length];
        foreach (var past in world.Past.SelectMany(past => past))
            counts[past.Item]++;
        _byFame = [.. Enumerable.Range(0, world.Present(0)).OrderByDescending(item => counts[item]).ThenBy(item => item).Take(MostItems)];
        _first = new Moment(1, world.Present(0), ArmRun.Popularity(counts, world.Present(0)), new Dictionary<string, double>(StringComparer.Ordinal));
    }

    /// <summary>Fits somebody.</summary>
    /// <param name="user">The user's place in the world.</param>
    /// <param name="traits">The traits but these.</param>
    /// <param name="chance">The run's luck.</param>
    /// <returns>The chance to come by in a period, and the mean number of turns of a visit.</returns>
    public (double Activity, double VisitTurns) Of(int user, Traits traits, Chance chance)
    {
        var state = new PersonState { Taste = _world.Tastes[user], Known = [.. _world.Past[user].Select(past => past.Item)] };
        var person = new Person(user, traits, state, _first, _world, chance);
        var wanted = _world.Past[user].Length * Share * Math.Min(1, (double)_periods / WholePeriods);
        var turns = Math.Clamp(Turns(person, wanted), 1, _periods * LongestVisit);
        var sessions = Sessions(_world.Past[user]).Count();
        var visits = Math.Clamp(Math.Max(sessions, Math.Ceiling(turns / LongestVisit)), 1, Math.Min(_periods, turns));
        return (visits / _periods, turns / visits);
    }

    /// <summary>The sessions of a past: how many ratings each has.</summary>
    public static IEnumerable<int> Sessions(PastRating[] past)
    {
        for (var from = 0; from < past.Length;)
        {
            var to = from + 1;
            while (to < past.Length && past[to].At - past[to - 1].At <= Pause)
                to++;
            yield return to - from;
            from = to;
        }
    }

    /// <summary>After how many turns so many ratings are expected.</summary>
    private double Turns(Person person, double wanted)
    {
        var looks = Enumerable.Range(0, _slateSize).Average(place => RuleBrain.Looks(person.Traits, place));
        var (inclination, ratings, shown) = (_brain.Inclines(person), 0.0, 0);
        foreach (var item in _byFame)
        {
            if (person.State.Known.Contains(item))
                continue;
            shown++;
            ratings += looks * inclination.Chance(item);
            if (ratings >= wanted)
                break;
        }
        // Who wants more than there is goes on at the same rate.
        return ratings == 0 ? double.PositiveInfinity : shown * wanted / ratings / _slateSize;
    }
}
