namespace AgentRec.Benchmarks;

/// <summary>An expected failure of a benchmark: its message is all that a person needs.</summary>
/// <param name="message">What failed, and the remedy.</param>
internal sealed class BenchmarkFailure(string message) : Exception(message);
