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
        _ => throw new SimulationException("Worlds from data are not made yet."),
    };
}
