using System.Data.Common;
using System.Net;
using Orleans.Configuration;

namespace AgentRec.Silo.Clustering;

/// <summary>Lets silos find each other in the store that they share.</summary>
internal static class StoreMembership
{
    private const int RefreshPeriods = 10;
    private const int LostPeriods = 20;

    /// <summary>Keeps membership and reminders in the store's database.</summary>
    /// <param name="silo">The silo.</param>
    /// <param name="invariant">The kind of database.</param>
    /// <param name="database">The database.</param>
    /// <param name="siloPort">Where silos talk to each other.</param>
    /// <param name="clientPort">Where clients connect.</param>
    /// <param name="service">The name under which grain state is kept.</param>
    /// <param name="cluster">Which cluster it is, and how soon it gives up on a silo.</param>
    public static void UseStoreMembership(this ISiloBuilder silo, string invariant, DbDataSource database, int siloPort, int clientPort, string service, MembershipOptions cluster)
    {
        silo.Configure<ClusterOptions>(orleans => (orleans.ServiceId, orleans.ClusterId) = (service, cluster.Id));
        // Wrong text is told by the options' own check, which comes before anything starts.
        silo.ConfigureEndpoints(MachineAddress.Find(cluster.Address, MachineAddress.OfThisMachine()) ?? IPAddress.Loopback, siloPort, clientPort);
        if (cluster.Kubernetes)
            silo.UseKubernetesHosting();
        silo.UseAdoNetClustering(clustering => (clustering.Invariant, clustering.DataSource) = (invariant, database));
        silo.UseAdoNetReminderService(reminders => (reminders.Invariant, reminders.DataSource) = (invariant, database));
        // With the defaults a silo that was killed keeps the next one waiting for minutes.
        silo.Configure<ClusterMembershipOptions>(membership =>
        {
            (membership.ProbeTimeout, membership.NumMissedProbesLimit) = (TimeSpan.FromMilliseconds(cluster.ProbeMilliseconds), cluster.MissedProbes);
            (membership.IAmAliveTablePublishTimeout, membership.NumMissedTableIAmAliveLimit) = (TimeSpan.FromMilliseconds(cluster.AliveMilliseconds), LostPeriods);
            membership.TableRefreshTimeout = RefreshPeriods * TimeSpan.FromMilliseconds(cluster.AliveMilliseconds);
        });
    }
}
