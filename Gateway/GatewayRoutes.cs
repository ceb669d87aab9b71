using AgentRec.Gateway.Access;
using AgentRec.Gateway.Certificates;
using AgentRec.Gateway.Clustering;
using AgentRec.Gateway.Dashboard;
using AgentRec.Gateway.Documentation;
using AgentRec.Gateway.Health;
using AgentRec.Gateway.Interactions;
using AgentRec.Gateway.Items;
using AgentRec.Gateway.Models;
using AgentRec.Gateway.Paths;
using AgentRec.Gateway.Policies;
using AgentRec.Gateway.Problems;
using AgentRec.Gateway.Reading;
using AgentRec.Gateway.Sessions;
using AgentRec.Gateway.Turns;
using AgentRec.Gateway.Users;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AgentRec.Gateway;

/// <summary>Puts the gateway into a host's pipeline.</summary>
public static class GatewayRoutes
{
    /// <summary>
    /// Adds the sessions API under <c>/v1</c>, <c>/health</c>, <c>/openapi/v1.json</c>, <c>/docs</c> and, where it is switched on, <c>/dashboard</c>. Routing must come behind
    /// the steps added here, so call this before anything that adds routing itself.
    /// </summary>
    /// <param name="app">The host, with <see cref="GatewayServices.AddAgentRecGateway"/> in its services.</param>
    public static WebApplication MapAgentRecGateway(this WebApplication app)
    {
        app.UseMiddleware<ProblemAnswers>();
        app.UseMiddleware<RawPath>();
        app.UseRouting();
        app.UseMiddleware<CallerCheck>();
        app.UseMiddleware<RouteIds>();
        app.UseRateLimiter();

        var api = app.MapGroup("/v1");
        api.AddEndpointFilter<RouteGroupBuilder, RefuseUnreadable>().WithMetadata(new GatewayCall()).ApplyAccessTable();
        api.MapSessions();
        api.MapTurns();
        api.MapTurnEvents();
        api.MapInteractions();
        api.MapItems();
        api.MapMemory();
        api.MapErasure();
        api.MapPolicies();
        api.MapModels();
        api.MapCluster();
        api.MapCertificates();
        api.MapAccessKeys();
        app.MapHealth();
        app.MapDashboard();
        app.MapApiDocument();
        app.MapGet("/", static () => TypedResults.Redirect("/docs")).ExcludeFromDescription();
        return app;
    }
}
