namespace AgentRec.Gateway.Clustering;

/// <summary>A setting without a default was not set.</summary>
/// <param name="message">Which one, and how to set it.</param>
public sealed class OptionsMissingException(string message) : Exception(message);
