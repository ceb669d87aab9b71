using System.Collections.Immutable;
using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Sessions;
using AgentRec.Silo;

namespace AgentRec.Simulation;

/// <summary>
/// Takes the slates of a sensitivity audit: for the slate without the attribute and for each value, agents are started anew on the store as the
/// last period left it, so that nothing but the attribute differs.
/// </summary>
/// <param name="scenario">The scenario; it has sensitivity terms.</param>
/// <param name="arm">The arm.</param>
/// <param name="world">What is true.</param>
/// <param name="chance">The run's luck.</param>
/// <param name="threads">How many threads work.</param>
internal sealed class SensitivityProbe(Scenario scenario, ArmTerms arm, World world, Chance chance, int threads)
{
    private readonly SensitivityTerms _terms = scenario.Sensitivity!;

    /// <summary>Takes them.</summary>
    /// <param name="bench">Holds the store.</param>
    /// <param name="now">The moment.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<SensitivityOutcome> RunAsync(Bench bench, DateTimeOffset now, CancellationToken cancellationToken)
    {
        int[] users = [.. Enumerable.Range(0, world.Users.Length).OrderBy(user => chance.Number(Draw.Audits, user)).Take(_terms.Users).Order()];
        var neutral = await SlatesAsync(null, users, bench, now, cancellationToken);
        var withValue = new Dictionary<string, string[][]>(StringComparer.Ordinal);
        foreach (var value in _terms.Values)
            withValue.Add(value, await SlatesAsync(value, users, bench, now, cancellationToken));
        return SensitivityOutcome.Of(neutral, withValue);
    }

    private async Task<string[][]> SlatesAsync(string? value, int[] users, Bench bench, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var periods = new SiloPeriods();
        bench.Restore(periods);
        await using var silo = await SimulatedSilo.StartAsync(bench.Store, new VirtualClock(now), periods, arm.Settings, cancellationToken);
        var slates = new string[users.Length][];
        var workers = new ParallelOptions { MaxDegreeOfParallelism = threads == 1 ? 1 : 4 * threads, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, users.Length, workers, async (i, _) => slates[i] = await SlateAsync(users[i], value, silo));
        return slates;
    }

    private async Task<string[]> SlateAsync(int user, string? value, SimulatedSilo silo)
    {
        var sessionId = $"audit-{world.Users[user]}";
        var session = silo.Session(sessionId);
        var context = value is null
            ? ImmutableSortedDictionary<string, string>.Empty
            : ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, [KeyValuePair.Create(_terms.Attribute, value)]);
        if (!await session.Open(new SessionOpening(world.Users[user], chance.Number(Draw.Audits, user, 1), context)))
            throw new SimulationException($"The session {sessionId} exists already: the store does not fit the audit.");
        // A question is no slate.
        var request = TurnRequest.Empty with
        {
            SlateSize = scenario.SlateSize, Policy = ArmTerrain.Policy(scenario, arm, scenario.Periods), Protocol = arm.Protocol, Questions = QuestionMode.Never, Message = _terms.Message(value),
        };
        var result = await silo.TakeAsync(session, sessionId, request);
        return [.. result.Slate!.Items.Select(item => item.ItemId)];
    }
}
