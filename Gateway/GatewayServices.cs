using System.Threading.RateLimiting;
using AgentRec.Gateway.Access;
using AgentRec.Gateway.Calls;
using AgentRec.Gateway.Documentation;
using AgentRec.Gateway.Interactions;
using AgentRec.Gateway.Problems;
using AgentRec.Gateway.Reading;
using AgentRec.Gateway.Turns;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AgentRec.Gateway;

/// <summary>Registers the gateway.</summary>
public static class GatewayServices
{
    /// <summary>
    /// Adds what the sessions API needs. The host brings the cluster (an <see cref="IGrainFactory"/>, from a silo in the same
    /// process or an Orleans client), and as many <see cref="Health.IReadiness"/> as it has parts to wait for.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configuration">Holds the section <see cref="GatewayOptions.Section"/>.</param>
    public static IServiceCollection AddAgentRecGateway(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<GatewayOptions>().Bind(configuration.GetSection(GatewayOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<GatewayOptions>, GatewayOptionsValidation>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddAccess(configuration);
        services.AddSingleton<Repetition>();
        // Of a request: they find the agents of its caller's tenant.
        services.AddScoped<Agents>();
        services.AddScoped<TurnCall>();
        services.AddScoped<EventStreams>();
        services.AddScoped<Recorder>();
        services.Configure<JsonOptions>(options => ApiJson.Apply(options.SerializerOptions));
        services.AddRateLimiter(static _ => { });
        services.AddOptions<RateLimiterOptions>().Configure<IOptions<GatewayOptions>>(LimitTurns);
        services.AddApiDocument();
        // The server's own request log names paths, and paths hold ids.
        services.AddLogging(logging => logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning));
        return services;
    }

    private static void LimitTurns(RateLimiterOptions limiter, IOptions<GatewayOptions> gateway)
    {
        limiter.AddConcurrencyLimiter(TurnEndpoints.Limit, limit =>
        {
            limit.PermitLimit = gateway.Value.MaximumConcurrentTurns;
            limit.QueueLimit = gateway.Value.MaximumWaitingTurns;
            limit.QueueProcessingOrder = QueueProcessingOrder.OldestFirst;
        });
        limiter.OnRejected = static async (rejected, _) => await Refusals.Busy().ExecuteAsync(rejected.HttpContext);
    }
}
