using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Keys;
using AgentRec.Grains.Abstractions.Operations;
using Microsoft.Extensions.DependencyInjection;

namespace AgentRec.Tests.Cluster;

[Collection(SiloCollection.Name), Trait("Category", "Cluster")]
public sealed class ClusterStatusTests(SiloFixture silo)
{
    [Fact]
    public async Task Cluster_OfOneSilo_IsThatSiloWithItsAgents()
    {
        await silo.User("counted-1").DescribeMemory();
        await silo.User("counted-2").DescribeMemory();

        var grains = silo.Services.GetRequiredService<IGrainFactory>();
        var report = await grains.GetGrain<IClusterStatusGrain>(GrainKey.Tenant(Identifier.DefaultTenant)).Describe();

        var here = Assert.Single(report.Silos);
        Assert.Equal(("active", 0, true), (here.Status, here.Suspicions, here.Ready));
        Assert.Equal(silo.Serving.Current.Version, here.Report!.Model);
        Assert.NotEmpty(here.Report.Build!);
        Assert.True(here.Activations["UserAgent"] >= 2, string.Join(", ", here.Activations));
        Assert.DoesNotContain(here.Activations.Keys, kind => kind.StartsWith("Management", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Probe_OfASiloThatIsNotThere_SaysNothing()
    {
        var grains = silo.Services.GetRequiredService<IGrainFactory>();

        Assert.Null(await grains.GetGrain<ISiloProbeGrain>(GrainKey.Silo(Identifier.DefaultTenant, "S10.9.9.9:11111:1")).Describe());
    }
}
