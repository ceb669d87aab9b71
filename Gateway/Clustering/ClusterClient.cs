using AgentRec.Telemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.Dashboard;
using Orleans.Serialization;

namespace AgentRec.Gateway.Clustering;

/// <summary>Connects a host to the silos that share a database.</summary>
internal static class ClusterClient
{
    private const string ServiceId = "agentrec";
    private const string Database = "Npgsql";

    /// <summary>The setting that names the database: the silos' own, and as secret.</summary>
    private const string ConnectionString = "Store:ConnectionString";

    private static readonly TimeSpan ConnectDelay = TimeSpan.FromSeconds(1);

    /// <summary>Adds the client. The host starts when a silo has answered, and waits for one as long as it must.</summary>
    /// <param name="builder">The host.</param>
    /// <exception cref="OptionsMissingException">No database is named.</exception>
    public static void AddClusterClient(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<ClusterClientOptions>().BindConfiguration(ClusterClientOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        var options = builder.Configuration.GetSection(ClusterClientOptions.Section).Get<ClusterClientOptions>() ?? new ClusterClientOptions();
        var database = builder.Configuration[ConnectionString];
        if (string.IsNullOrWhiteSpace(database))
            throw new OptionsMissingException($"{ConnectionString} is needed: set AGENTREC_Store__ConnectionString to the silos' database.");
        builder.UseOrleansClient(client =>
        {
            client.Configure<ClusterOptions>(cluster => (cluster.ServiceId, cluster.ClusterId) = (ServiceId, options.Id));
            client.UseAdoNetClustering(clustering => (clustering.Invariant, clustering.ConnectionString) = (Database, database));
            client.Configure<Orleans.Configuration.GatewayOptions>(silos => silos.GatewayListRefreshPeriod = TimeSpan.FromSeconds(options.RefreshSeconds));
            // What the silos' database says travels with the faults that it causes.
            client.Configure<ExceptionSerializationOptions>(exceptions => exceptions.SupportedNamespacePrefixes.Add(Database));
            client.Configure<ClientMessagingOptions>(messaging =>
            {
                messaging.ResponseTimeout = TimeSpan.FromSeconds(options.ResponseSeconds);
                messaging.CancelRequestOnTimeout = true;
            });
            if (DashboardSwitch.IsOn(builder.Configuration))
                client.AddDashboard(static dashboard => dashboard.HideTrace = true);
            if (OtlpExport.IsOn(builder.Configuration))
                client.AddActivityPropagation();
            client.UseConnectionRetryFilter(static async (_, cancellationToken) =>
            {
                await Task.Delay(ConnectDelay, cancellationToken);
                return true;
            });
        });
    }
}
