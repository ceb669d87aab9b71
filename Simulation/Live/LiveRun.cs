using AgentRec.Domain;

namespace AgentRec.Simulation;

/// <summary>
/// One arm in one world against a cluster that serves. Its clock and its models are its own: there is no virtual time, nothing is learned anew on
/// demand, and the same scenario does not give the same results again. Users and what they do are real to the cluster; their ids begin
/// with a name that no other run has.
/// </summary>
internal sealed class LiveRun
{
    private readonly Scenario _scenario;
    private readonly ArmTerms _arm;
    private readonly World _world;
    private readonly Chance _chance;
    private readonly Traits[] _traits;
    private readonly LiveCluster _cluster;
    private readonly string _name;
    private readonly Visit _visit;
    private readonly int _threads;
    private readonly Dictionary<string, int> _places;

    /// <summary>Prepares a run.</summary>
    /// <param name="scenario">The scenario; <see cref="Problem"/> has nothing to say about it.</param>
    /// <param name="world">What is true.</param>
    /// <param name="chance">The run's luck.</param>
    /// <param name="cluster">The cluster.</param>
    /// <param name="name">A name that no other run has.</param>
    /// <param name="options">How to run.</param>
    /// <param name="threads">How many threads work.</param>
    public LiveRun(Scenario scenario, World world, Chance chance, LiveCluster cluster, string name, LabOptions options, int threads)
    {
        (_scenario, _arm, _world, _chance, _cluster, _name, _threads) = (scenario, scenario.Arms[0], world, chance, cluster, name, threads);
        _traits = Traits.Of(scenario, world, chance);
        var rules = new RuleBrain(world, chance);
        _visit = new Visit(scenario, _arm, rules, new PluggedBrain(_arm.Brain is { } brain ? options.Brains[brain] : null, rules, scenario, world), Place);
        _places = world.Items.Select((item, place) => (item.ItemId, place)).ToDictionary(one => one.ItemId, one => one.place, StringComparer.Ordinal);
    }

    /// <summary>What of a scenario a cluster that serves cannot do; null: nothing.</summary>
    public static ScenarioError? Problem(Scenario scenario) => scenario switch
    {
        { Arms.Length: not 1 } => new("arms", "are more than one: a live cluster has one way to recommend. Name one arm."),
        { Seeds: not 1 } => new("seeds", $"is {scenario.Seeds}: a live cluster has one world. Run with --seeds 1."),
        { Sensitivity: not null } => new("sensitivity", "cannot be tried on a live cluster: its agents are not started anew."),
        { Arms: [{ Screen: true }] } => new("arms[0].screen", "is true: a live cluster learns as its operators say."),
        { Arms: [{ Models: not null }] } => new("arms[0].models", "cannot be chosen on a live cluster: its operators do."),
        { Arms: [{ Settings.Count: > 0 }] } => new("arms[0].settings", "cannot be set on a live cluster: its operators do."),
        _ => scenario.Events.Index().Where(one => one.Item is AttackEvent).Select(one => new ScenarioError($"events[{one.Index}].kind", "is 'attack': a live cluster is not attacked.")).FirstOrDefault()
            ?? (scenario.Providers.Concat(scenario.Arms[0].Providers ?? []).Any(provider => provider.Strategy is not ProviderStrategy.Honest)
                ? new ScenarioError("providers", "boost or stuff: a live cluster is not attacked.") : null),
    };

    /// <summary>Brings the cluster what the world begins with: the items of a drawn world, the rule sets, and the users' past.</summary>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        if (_scenario.World is SyntheticTerms)
            await _cluster.PutAsync(_world.Items.Take(_world.Present(0)), cancellationToken);
        foreach (var rules in ArmTerrain.Rules(_scenario, _arm))
        {
            // The cluster's own rule sets are not touched.
            if (_arm.Agency is not null || _scenario.Policies.Any(own => string.Equals(own.Name, rules.Name, StringComparison.Ordinal)))
                await _cluster.PutAsync(rules with { Name = Named(rules.Name) }, cancellationToken);
        }
        await _cluster.RecordAsync(
            _world.Past.SelectMany((past, user) => past.Select(one => new Interaction(
                $"{_name}-past-{user}-{one.Item}", User(user), _world.Items[one.Item].ItemId, InteractionType.Rate, one.Rating, one.At))),
            cancellationToken);
    }

    /// <summary>Plays a period.</summary>
    /// <param name="period">The period, from 1.</param>
    /// <param name="state">How things stand; they stand otherwise afterwards.</param>
    /// <param name="meter">Hears of every visit and turn.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<PeriodRows> PlayAsync(int period, ArmState state, LabMeter meter, CancellationToken cancellationToken)
    {
        await _cluster.PutAsync(_world.Items.Where((_, item) => _world.Arrives[item] == period), cancellationToken);
        var present = _world.Present(period);
        var moment = new Moment(period, present, ArmRun.Popularity(state.Taken, present), ArmTerrain.Trend(_scenario, period));
        Person[] visitors = [.. state.People.Select((person, i) => new Person(i, _traits[i], person, moment, _world, _chance)).Where(person => person.ComesBy())];
        meter.Expect(visitors.Length);
        var (turns, items) = (new List<TurnRow>[visitors.Length], new List<ItemRow>[visitors.Length]);
        var workers = new ParallelOptions { MaxDegreeOfParallelism = 4 * _threads, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, visitors.Length, workers, async (i, stop) =>
        {
            (turns[i], items[i]) = await VisitAsync(visitors[i], period, meter, stop);
            meter.Gone();
        });
        ItemRow[] rows = [.. items.SelectMany(one => one)];
        foreach (var row in rows)
            state.Taken[row.Reading.Item] += row.Reading.Rating is null ? 0 : 1;
        return new PeriodRows([.. turns.SelectMany(one => one)], rows, state.People.Count(person => person.HasLeft || person.AwayUntil > period + 1), null);
    }

    private async Task<(List<TurnRow>, List<ItemRow>)> VisitAsync(Person person, int period, LabMeter meter, CancellationToken cancellationToken)
    {
        var session = await _cluster.OpenAsync(User(person.Index), cancellationToken);
        var rows = await _visit.PlayAsync(
            person, Policy(period),
            request => _cluster.TakeAsync(session, request, cancellationToken),
            (turn, readings) => _cluster.RecordAsync(
                readings.Where(reading => reading.Rating is not null).Select(reading => new Interaction(
                    $"{_name}-{person.Index}-{period}-{turn}-{reading.Item}", User(person.Index), _world.Items[reading.Item].ItemId, InteractionType.Rate, reading.Rating, null)),
                cancellationToken),
            meter, cancellationToken);
        await _cluster.CloseAsync(session, cancellationToken);
        return rows;
    }

    private string Policy(int period)
    {
        var name = ArmTerrain.Policy(_scenario, _arm, period);
        return _arm.Agency is not null || _scenario.Policies.Any(own => string.Equals(own.Name, name, StringComparison.Ordinal)) ? Named(name) : name;
    }

    private int Place(string itemId) => _places.TryGetValue(itemId, out var place)
        ? place
        : throw new SimulationException($"The cluster shows the item {itemId}, of which the scenario's world knows nothing: use the data that the cluster serves, or a cluster without items.");

    private string Named(string policy) => $"{_name}-{policy}";

    private string User(int user) => $"{_name}-{_world.Users[user]}";
}
