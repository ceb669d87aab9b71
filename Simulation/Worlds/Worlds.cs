namespace AgentRec.Simulation;

/// <summary>Makes the world of a scenario.</summary>
internal static class Worlds
{
    /// <summary>Makes it.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="chance">The run's luck.</param>
    public static World Make(Scenario scenario, Chance chance) => scenario.World switch
    {
        SyntheticTerms terms => SyntheticWorld.Make(terms, scenario.Events.OfType<ArrivalsEvent>(), chance),
        DataTerms terms => DataWorld.Make(terms, chance),
        var other => throw new SimulationException($"There are no worlds of kind {other.GetType().Name}."),
    };
}
