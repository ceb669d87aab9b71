namespace AgentRec.Simulation;

/// <summary>A run that cannot go on, or whose results could not be repeated; the message says what helps.</summary>
/// <param name="message">What happened.</param>
public sealed class SimulationException(string message) : Exception(message);
