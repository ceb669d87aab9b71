using AgentRec.Gateway.Access;
using AgentRec.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Orleans.Dashboard;

namespace AgentRec.Gateway.Dashboard;

/// <summary>
/// The Orleans dashboard, for admins and where it is switched on. Browsers send no access key of their own accord: they are asked for a
/// password, which is the key; the name before it is not looked at. The pages name agents, and with them users.
/// </summary>
internal static class DashboardPages
{
    private const string Path = "/dashboard";
    private const string ContentPolicy =
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; frame-ancestors 'none'";

    /// <summary>Adds the pages.</summary>
    /// <param name="app">Where to.</param>
    public static void MapDashboard(this WebApplication app)
    {
        if (!DashboardSwitch.IsOn(app.Configuration))
            return;
        // Of the whole cluster, as the list of silos is.
        IEndpointConventionBuilder pages = app.MapOrleansDashboard(Path).ExcludeFromDescription().WithMetadata(AccessTable.Of("getCluster") with { AsksBrowsers = true });
        pages.Add(static page =>
        {
            var answer = page.RequestDelegate!;
            page.RequestDelegate = context =>
            {
                context.Response.Headers.ContentSecurityPolicy = ContentPolicy;
                return answer(context);
            };
        });
    }
}
