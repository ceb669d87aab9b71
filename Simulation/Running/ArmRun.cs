using System.Collections.Immutable;
using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Sessions;
using AgentRec.Grains.Abstractions.Users;

namespace AgentRec.Simulation;

/// <summary>
/// One arm in one world. In a period everybody who comes by has a session with the agents, many at a time; nothing that anybody does
/// in it changes what others meet before the next one.
/// </summary>
internal sealed class ArmRun
{
    private readonly Scenario _scenario;
    private readonly ArmTerms _arm;
    private readonly World _world;
    private readonly Chance _chance;
    private readonly Traits[] _traits;
    private readonly Visit _visit;
    private readonly int _threads;
    private readonly Dictionary<string, int> _places;

    /// <summary>Prepares an arm.</summary>
    public ArmRun(Scenario scenario, ArmTerms arm, World world, Traits[] traits, Chance chance, LabOptions options, int threads)
    {
        (_scenario, _arm, _world, _traits, _chance, _threads) = (scenario, arm, world, traits, chance, threads);
        _places = world.Items.Select((item, place) => (item.ItemId, place)).ToDictionary(one => one.ItemId, one => one.place, StringComparer.Ordinal);
        var rules = new RuleBrain(world, chance);
        _visit = new Visit(
            scenario, arm, rules, new PluggedBrain(arm.Brain is { } name ? options.Brains[name] : null, rules, scenario, world), itemId => _places[itemId]);
    }

    /// <summary>The moment at which a period begins; it lasts for its whole length.</summary>
    public DateTimeOffset At(int period) => World.Start + (TimeSpan.FromHours(_scenario.PeriodHours) * (period - 1));

    /// <summary>Plays a period.</summary>
    /// <param name="period">The period, from 1.</param>
    /// <param name="state">How things stand; they stand otherwise afterwards.</param>
    /// <param name="silo">The agents.</param>
    /// <param name="clock">Their clock.</param>
    /// <param name="meter">Hears of every visit and turn.</param>
    /// <param name="cancellationToken">Stops; the period is then to be played again from a checkpoint.</param>
    public async Task<PeriodRows> PlayAsync(int period, ArmState state, SimulatedSilo silo, VirtualClock clock, LabMeter meter, CancellationToken cancellationToken)
    {
        clock.Set(At(period));
        await new PeriodStart(_scenario, _arm, _world, state, silo, _chance).RunAsync(period, At(period));
        // What providers did is counted before anybody comes by, and agents know their items as they are now.
        await silo.Periods.EndAsync(cancellationToken);

        var moment = new Moment(period, _world.Present(period), Popularity(state.Taken, _world.Present(period)), ArmTerrain.Trend(_scenario, period));
        Person[] present = [.. state.People.Select((person, i) => new Person(i, _traits[i], person, moment, _world, _chance)).Where(person => person.ComesBy())];
        meter.Expect(present.Length);
        var (turnRows, itemRows) = (new List<TurnRow>[present.Length], new List<ItemRow>[present.Length]);
        var workers = new ParallelOptions { MaxDegreeOfParallelism = _threads == 1 ? 1 : 4 * _threads, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, present.Length, workers, async (i, stop) => (turnRows[i], itemRows[i]) = await VisitAsync(present[i], period, silo, meter, stop));

        var rows = itemRows.SelectMany(one => one).ToArray();
        foreach (var row in rows)
        {
            state.Shown[row.Reading.Item]++;
            state.Taken[row.Reading.Item] += row.Reading.Rating is null ? 0 : 1;
        }
        await silo.Periods.EndAsync(cancellationToken);
        var screening = await LearnAsync(period, state, silo, cancellationToken);
        return new PeriodRows(
            [.. turnRows.SelectMany(one => one)], rows,
            state.People.Count(person => person.HasLeft || person.AwayUntil > period + 1), screening);
    }

    private async Task<(List<TurnRow>, List<ItemRow>)> VisitAsync(Person person, int period, SimulatedSilo silo, LabMeter meter, CancellationToken cancellationToken)
    {
        var userId = _world.Users[person.Index];
        var sessionId = $"s-{userId}-{period}";
        var session = silo.Session(sessionId);
        if (!await session.Open(new SessionOpening(userId, _chance.Number(Draw.ComesBy, person.Index, period, 1), ImmutableSortedDictionary<string, string>.Empty)))
            throw new SimulationException($"The session {sessionId} exists already: the store does not fit the period.");
        var rows = await _visit.PlayAsync(
            person, ArmTerrain.Policy(_scenario, _arm, period),
            request => silo.TakeAsync(session, sessionId, request),
            (turn, readings) => TellAsync(silo.User(userId), userId, period, turn, readings),
            meter, cancellationToken);
        await silo.EndSessionAsync(sessionId);
        meter.Gone();
        return rows;
    }

    private async Task TellAsync(IUserAgent user, string userId, int period, int turn, Reading[] readings)
    {
        ImmutableArray<Interaction> taken =
        [
            .. readings.Where(reading => reading.Rating is not null).Select(reading => new Interaction(
                $"{userId}-{period}-{turn}-{reading.Item}", userId, _world.Items[reading.Item].ItemId, InteractionType.Rate, reading.Rating, At(period))),
        ];
        if (taken.IsEmpty)
            return;
        foreach (var verdict in await user.Record(taken))
        {
            if (verdict.Status is not RecordStatus.Accepted)
                throw new SimulationException($"A rating of {userId} was not accepted: {verdict.Status} {verdict.Reason}");
        }
    }

    private async Task<Screening?> LearnAsync(int period, ArmState state, SimulatedSilo silo, CancellationToken cancellationToken)
    {
        var every = _arm.RetrainEvery ?? _scenario.RetrainEvery;
        if (every == 0 || period % every != 0 || period == _scenario.Periods)
            return null;
        var trained = await StoreMaking.TrainAsync(silo.Store, _arm.Models ?? _scenario.Models, _chance.Seed, _arm.Screen, cancellationToken);
        if (trained is null)
            return null;
        await silo.Periods.ServeAsync(trained.Manifest.Version);
        if (!_arm.Screen)
            return null;
        var found = state.Invented.Count(trained.Suspects.Contains);
        return new Screening(state.Invented.Count, found, _world.Users.Length, trained.Suspects.Count - found);
    }

    /// <summary>By item, the share of items that fewer took, ties halved.</summary>
    internal static double[] Popularity(int[] taken, int present)
    {
        var sorted = taken[..present];
        Array.Sort(sorted);
        var popularity = new double[taken.Length];
        for (var item = 0; item < present; item++)
        {
            var (fewer, upTo) = (Bound(sorted, taken[item]), Bound(sorted, taken[item] + 1));
            popularity[item] = present == 1 ? 0.5 : (fewer + upTo - 1) / (2.0 * (present - 1));
        }
        return popularity;
    }

    private static int Bound(int[] sorted, int value)
    {
        var (low, high) = (0, sorted.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (sorted[middle] < value)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }
}
