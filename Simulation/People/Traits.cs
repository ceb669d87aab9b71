namespace AgentRec.Simulation;

/// <summary>One person's traits, each from 0 to 1 but the last; see <see cref="TraitTerms"/>.</summary>
internal sealed record Traits(
    int Kind, double Activity, double Conformity, double Diversity, double Patience, double PositionBias, double Trust, double Drift, double Noise, double Asks,
    double? VisitTurns = null)
{
    /// <summary>Draws everybody's traits.</summary>
    public static Traits[] Of(Scenario scenario, World world, Chance chance)
    {
        var all = scenario.Population.Sum(kind => kind.Share);
        Traits[] traits = [.. Enumerable.Range(0, world.Users.Length).Select(user => Of(scenario, world, chance, user, all))];
        if (world.Scales is null)
            return traits;
        var fit = new ActivityFit(scenario, world, chance);
        Parallel.For(0, traits.Length, user =>
        {
            var (activity, turns) = fit.Of(user, traits[user], chance);
            traits[user] = traits[user] with { Activity = activity, VisitTurns = turns };
        });
        return traits;
    }

    private static Traits Of(Scenario scenario, World world, Chance chance, int user, double all)
    {
        var target = chance.Uniform(Draw.Trait, user) * all;
        var kind = 0;
        while (kind < scenario.Population.Length - 1 && (target -= scenario.Population[kind].Share) >= 0)
            kind++;
        var terms = scenario.Population[kind].Traits;
        return new Traits(
            kind, Spread(1, terms.Activity), Spread(2, terms.Conformity), Spread(3, terms.Diversity), Spread(4, terms.Patience),
            Spread(5, terms.PositionBias), Spread(6, terms.Trust), Spread(7, terms.Drift), world.Scales is null ? Spread(8, terms.Noise) : 1, Spread(9, terms.Asks));

        double Spread(int trait, Spread spread) =>
            Math.Clamp(spread.Mean + (spread.Deviation == 0 ? 0 : spread.Deviation * chance.Normal(Draw.Trait, user, trait)), 0, 1);
    }
}
