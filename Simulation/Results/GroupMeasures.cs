namespace AgentRec.Simulation;

/// <summary>
/// Measures what an arm comes to for groups of people and providers in one world: kinds of people, those with few and with many ratings in
/// their past, providers, and those with few and with many items; and how far the best and the worst off are apart.
/// </summary>
/// <param name="scenario">The scenario.</param>
/// <param name="arm">The arm's name.</param>
/// <param name="world">What is true.</param>
/// <param name="traits">Who is of which kind.</param>
internal sealed class GroupMeasures(Scenario scenario, string arm, World world, Traits[] traits)
{
    // More providers than a person can read are no groups.
    private const int MostProviders = 50;

    private readonly SortedDictionary<(string Kind, int Order), (string Name, int Turns, int Successes, double Satisfaction, double Regret)> _people = [];
    private readonly SortedDictionary<string, (double Offered, double Shown)> _providers = new(StringComparer.Ordinal);
    private readonly int _medianPast = world.Past.Select(past => past.Length).Order().ElementAt(world.Past.Length / 2);

    /// <summary>Takes a period in.</summary>
    public void Add(int period, PeriodRows rows)
    {
        foreach (var turn in rows.Turns)
        {
            var kind = traits[turn.User].Kind;
            Count(("people", kind), scenario.Population[kind].Name, turn);
            var many = world.Past[turn.User].Length >= _medianPast;
            Count(("past", many ? 1 : 0), many ? "many ratings" : "few ratings", turn);
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
        foreach (var kind in _people.GroupBy(one => one.Key.Kind, StringComparer.Ordinal))
        {
            GroupOutcome[] groups =
            [
                .. kind.Select(one => one.Value).Select(one => new GroupOutcome(
                    arm, kind.Key, one.Name,
                    [("turns", one.Turns), ("success", (double)one.Successes / one.Turns), ("satisfaction", one.Satisfaction / one.Turns), ("regret", one.Regret / one.Turns)])),
            ];
            foreach (var outcome in Apart(kind.Key, groups, "success", "satisfaction", "regret"))
                yield return outcome;
        }
        var (offered, shown) = (_providers.Values.Sum(one => one.Offered), _providers.Values.Sum(one => one.Shown));
        if (shown == 0)
            yield break;
        if (_providers.Count <= MostProviders)
        {
            foreach (var outcome in Apart("provider", [.. _providers.Select(one => Exposure("provider", one.Key, one.Value.Offered, one.Value.Shown))], "ratio"))
                yield return outcome;
        }
        if (_providers.Count < 2)
            yield break;
        // Half of the providers, those with more items, and the other half.
        var bySize = _providers.OrderByDescending(one => one.Value.Offered).ThenBy(one => one.Key, StringComparer.Ordinal).Select(one => one.Value).ToArray();
        var (large, small) = (bySize[..(bySize.Length / 2)], bySize[(bySize.Length / 2)..]);
        foreach (var outcome in Apart("providerSize", [Halves("many items", large), Halves("few items", small)], "ratio"))
            yield return outcome;

        GroupOutcome Halves(string name, (double Offered, double Shown)[] half) => Exposure("providerSize", name, half.Sum(one => one.Offered), half.Sum(one => one.Shown));

        GroupOutcome Exposure(string kind, string name, double its, double itsShown) =>
            new(arm, kind, name, [("items", its / offered), ("showings", itsShown / shown), ("ratio", itsShown / shown / (its / offered))]);
    }

    private void Count((string Kind, int Order) group, string name, TurnRow turn)
    {
        var (_, turns, successes, satisfaction, regret) = _people.GetValueOrDefault(group);
        _people[group] = (name, turns + 1, successes + (turn.Success ? 1 : 0), satisfaction + turn.Satisfaction, regret + turn.Regret);
    }

    /// <summary>The groups, and of which figures the greatest and the least are how far apart.</summary>
    private IEnumerable<GroupOutcome> Apart(string kind, GroupOutcome[] groups, params string[] figures)
    {
        if (groups.Length < 2)
            return groups;
        return groups.Append(new GroupOutcome(arm, "gap", kind, [.. figures.Select(figure =>
        {
            var values = groups.Select(group => group.Values.First(value => string.Equals(value.Name, figure, StringComparison.Ordinal)).Value).ToArray();
            return (figure, values.Max() - values.Min());
        })]));
    }
}

/// <summary>What an arm came to for a group in one world.</summary>
/// <param name="Arm">The arm.</param>
/// <param name="Kind"><c>people</c>, <c>past</c>, <c>provider</c>, <c>providerSize</c>, or <c>gap</c>: how far the groups of such a kind are apart.</param>
/// <param name="Group">The group's name.</param>
/// <param name="Values">Its figures by name.</param>
internal sealed record GroupOutcome(string Arm, string Kind, string Group, (string Name, double Value)[] Values);
