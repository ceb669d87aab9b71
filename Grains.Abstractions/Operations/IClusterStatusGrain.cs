using System.Collections.Immutable;

namespace AgentRec.Grains.Abstractions.Operations;

/// <summary>Says how the cluster is: which silos there are, what each serves, and where agents live. Key: <see cref="Keys.GrainKey.Tenant"/>.</summary>
[Alias("agentrec.IClusterStatusGrain")]
public interface IClusterStatusGrain : IGrainWithStringKey
{
    /// <summary>Asks every silo. One that does not answer within .75 seconds is named as such, and holds nobody up.</summary>
    /// <exception cref="Storage.StoreUnavailableException">The database, which has the list of silos, does not answer.</exception>
    [Alias("Describe"), AnyRoute]
    Task<ClusterReport> Describe();
}

/// <summary>How the cluster is.</summary>
/// <param name="Cluster">Its id.</param>
/// <param name="Silos">The silos that are in it, or join or leave it, by name.</param>
/// <param name="Departed">How many that have left or died are still in the list of silos.</param>
[GenerateSerializer, Immutable, Alias("agentrec.ClusterReport")]
public sealed record ClusterReport([property: Id(0)] string Cluster, [property: Id(1)] ImmutableArray<ClusterSilo> Silos, [property: Id(2)] int Departed);

/// <summary>A silo as the cluster sees it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Address">Address, port and generation.</param>
/// <param name="Status">What the list of silos says of it: <c>joining</c>, <c>active</c>, <c>shuttingDown</c> or the like.</param>
/// <param name="StartedAt">When it started.</param>
/// <param name="Suspicions">How many other silos had no answer from it lately.</param>
/// <param name="Report">What it says itself; null where it did not answer.</param>
/// <param name="Activations">How many agents of each kind live on it; empty where it did not answer.</param>
[GenerateSerializer, Immutable, Alias("agentrec.ClusterSilo")]
public sealed record ClusterSilo(
    [property: Id(0)] string Name, [property: Id(1)] string Address, [property: Id(2)] string Status, [property: Id(3)] DateTimeOffset StartedAt,
    [property: Id(4)] int Suspicions, [property: Id(5)] SiloReport? Report, [property: Id(6)] ImmutableSortedDictionary<string, int> Activations)
{
    /// <summary>True when the silo says that it can serve turns.</summary>
    public bool Ready => Report is { Missing.IsEmpty: true };
}
