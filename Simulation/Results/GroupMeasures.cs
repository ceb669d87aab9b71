namespace AgentRec.Simulation;

/// <summary>Measures what an arm comes to for each kind of people and each provider, in one world.</summary>
/// <param name="scenario">The scenario.</param>
/// <param name="arm">The arm's name.</param>
/// <param name="world">What is true.</param>
/// <param name="traits">Who is of which kind.</param>
internal sealed class GroupMeasures(Scenario scenario, string arm, World world, Traits[] traits)
{
    // More providers than a person can read are no groups.
    private const int MostProviders = 50;

    private readonly (int Turns, int Successes, double Satisfaction, double Regret)[] _people = new (int, int, double, double)[scenario.Population.Length];
    private readonly SortedDictionary<string, (double Offered, double Shown)> _providers = new(StringComparer.Ordinal);

    /// <summary>Takes a period in.</summary>
    public void Add(int period, PeriodRows rows)
    {
        foreach (var turn in rows.Turns)
        {
            ref var group = ref _people[traits[turn.User].Kind];
            group = (group.Turns + 1, group.Successes + (turn.Success ? 1 : 0), group.Satisfaction + turn.Satisfaction, group.Regret + turn.Regret);
        }
        // An item that arrives late is offered for fewer periods.
        for (var item = 0; item < world.Present(period); item++)
        {
            if (world.Items[item].Provider is { } provider)
                _providers[provider] = (_providers.GetValueOrDefault(provider).Offered + 1, _providers.GetValueOrDefault(provider).Shown);
        }
        foreach (var row in rows.Items)
        {
            if (world.Items[row.Reading.Item].Provider is { } provider)
                _providers[provider] = (_providers[provider].Offered, _providers[provider].Shown + 1);
        }
    }

    /// <summary>What it came to.</summary>
    public IEnumerable<GroupOutcome> Outcomes()
    {
        foreach (var (i, (turns, successes, satisfaction, regret)) in _people.Index())
        {
            if (turns > 0)
            {
                yield return new(arm, "people", scenario.Population[i].Name,
                    [("turns", turns), ("success", (double)successes / turns), ("satisfaction", satisfaction / turns), ("regret", regret / turns)]);
            }
        }
        if (_providers.Count > MostProviders)
            yield break;
        var (offered, shown) = (_providers.Values.Sum(one => one.Offered), _providers.Values.Sum(one => one.Shown));
        foreach (var (provider, one) in _providers)
        {
            if (shown > 0)
                yield return new(arm, "provider", provider, [("items", one.Offered / offered), ("showings", one.Shown / shown), ("ratio", one.Shown / shown / (one.Offered / offered))]);
        }
    }
}

/// <summary>What an arm came to for a group in one world.</summary>
/// <param name="Arm">The arm.</param>
/// <param name="Kind"><c>people</c> or <c>provider</c>.</param>
/// <param name="Group">The group's name.</param>
/// <param name="Values">Its figures by name.</param>
internal sealed record GroupOutcome(string Arm, string Kind, string Group, (string Name, double Value)[] Values);
