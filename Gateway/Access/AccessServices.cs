using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AgentRec.Gateway.Access;

/// <summary>Registers what decides who may call.</summary>
internal static class AccessServices
{
    /// <summary>Adds it.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configuration">Holds the section <see cref="AccessOptions.Section"/>.</param>
    public static void AddAccess(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<AccessOptions>().Bind(configuration.GetSection(AccessOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<AccessOptions>, AccessOptionsValidation>();
        services.AddSingleton<TokenReader>();
        services.AddSingleton<TenantLimits>();
        services.AddSingleton<KeyCache>();
        services.AddSingleton<AccessGate>();
        services.AddHostedService(static provider => provider.GetRequiredService<AccessGate>());
        services.AddScoped<CurrentCaller>();
    }
}
