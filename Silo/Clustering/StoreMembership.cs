using System.Data.Common;
using System.Net;
using Orleans.Configuration;

namespace AgentRec.Silo.Clustering;

/// <summary>Lets silos find each other in the store that they share.</summary>
internal static class StoreMembership
{
    /// <summary>Keeps membership and reminders in the store's database; the silo is reached on loopback.</summary>
    /// <param name="silo">The silo.</param>
    /// <param name="invariant">The kind of database.</param>
    /// <param name="database">The database.</param>
    /// <param name="siloPort">Where silos talk to each other.</param>
    /// <param name="clientPort">Where clients connect.</param>
    /// <param name="name">The cluster's name.</param>
    public static void UseStoreMembership(this ISiloBuilder silo, string invariant, DbDataSource database, int siloPort, int clientPort, string name)
    {
        silo.Configure<ClusterOptions>(cluster => (cluster.ServiceId, cluster.ClusterId) = (name, name));
        silo.ConfigureEndpoints(IPAddress.Loopback, siloPort, clientPort);
        silo.UseAdoNetClustering(clustering => (clustering.Invariant, clustering.DataSource) = (invariant, database));
        silo.UseAdoNetReminderService(reminders => (reminders.Invariant, reminders.DataSource) = (invariant, database));
        // With the defaults a silo that was killed keeps the next one waiting for minutes.
        silo.Configure<ClusterMembershipOptions>(membership =>
        {
            (membership.ProbeTimeout, membership.NumMissedProbesLimit) = (TimeSpan.FromSeconds(1), 2);
            (membership.IAmAliveTablePublishTimeout, membership.NumMissedTableIAmAliveLimit) = (TimeSpan.FromSeconds(5), 2);
            membership.TableRefreshTimeout = TimeSpan.FromSeconds(5);
        });
    }
}
