using AgentRec.Grains.Abstractions.Planning;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace AgentRec.Inference;

/// <summary>Registers ranking on another host.</summary>
public static class RankingServices
{
    /// <summary>
    /// Adds the validated <see cref="RankingOptions"/> and, where they name an endpoint, an <see cref="OpenInferenceClient"/>
    /// as the <see cref="IRankingTool"/>. Without an endpoint no tool is added: the host brings its own, in process.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configuration">Holds the section <see cref="RankingOptions.Section"/>.</param>
    public static IServiceCollection AddRemoteRanking(this IServiceCollection services, IConfiguration configuration)
    {
        var section = configuration.GetSection(RankingOptions.Section);
        services.AddOptions<RankingOptions>().Bind(section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<RankingOptions>, RankingOptionsValidation>();
        services.TryAddSingleton(TimeProvider.System);
        if (!string.IsNullOrWhiteSpace(section[nameof(RankingOptions.Endpoint)]))
            services.AddSingleton<IRankingTool>(provider => new OpenInferenceClient(provider.GetRequiredService<IOptions<RankingOptions>>().Value, provider.GetRequiredService<TimeProvider>()));
        return services;
    }
}
