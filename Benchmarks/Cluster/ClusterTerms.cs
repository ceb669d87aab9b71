namespace AgentRec.Benchmarks.Cluster;

/// <summary>What the benchmark of a cluster runs.</summary>
/// <param name="Data">The data folder.</param>
/// <param name="Models">The scorers to train, as <c>train --models</c> takes them.</param>
/// <param name="Silos">How many silos the cluster has.</param>
/// <param name="Sessions">How many turns are under way at once.</param>
/// <param name="Rounds">How often each shape is driven.</param>
/// <param name="Duration">How long each time.</param>
internal sealed record ClusterTerms(string Data, string Models, int Silos, int Sessions, int Rounds, TimeSpan Duration);
