namespace AgentRec.Benchmarks.Soak;

/// <summary>What a soak runs.</summary>
/// <param name="Minutes">For how long.</param>
/// <param name="Rate">Turns a second, each with an interaction.</param>
/// <param name="Users">How many users take them, one after the other.</param>
internal sealed record SoakTerms(int Minutes, int Rate, int Users);
