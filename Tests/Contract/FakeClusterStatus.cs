using System.Collections.Immutable;
using AgentRec.Grains.Abstractions.Operations;

namespace AgentRec.Tests.Contract;

/// <summary>Two silos, one of which does not answer.</summary>
internal sealed class FakeClusterStatus(FakeCluster cluster)
{
    public Task<ClusterReport> Describe()
    {
        cluster.MayFail();
        var at = new DateTimeOffset(2024, 5, 1, 12, 0, 0, TimeSpan.Zero);
        var agents = ImmutableSortedDictionary<string, int>.Empty;
        return Task.FromResult(new ClusterReport(
            "agentrec",
            [
                new ClusterSilo("one", "10.0.0.1:11111@7", "active", at, 0, new SiloReport("one", "m1", [], [], "1.2", [new TenantReport("default", "m1", 3)]), agents.Add("UserAgent", 3)),
                new ClusterSilo("two", "10.0.0.2:11111@7", "active", at, 1, null, agents),
            ],
            Departed: 4));
    }
}
