using AgentRec.Grains.Models;
using AgentRec.Grains.Serving;
using AgentRec.Grains.Vectors;
using Microsoft.Extensions.DependencyInjection;

namespace AgentRec.Silo.Models;

/// <summary>Adds to a silo what serves models and lets them take each other's place.</summary>
internal static class ModelHosting
{
    /// <summary>Adds what is served, the switch, and the watch over activations elsewhere.</summary>
    /// <param name="services">The host's services.</param>
    public static void AddModels(this IServiceCollection services)
    {
        services.AddOptions<ModelOptions>().BindConfiguration(ModelOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(provider => new ServingHost(provider.GetRequiredService<EmbeddedVectorIndex>(), provider.GetRequiredService<ScoringService>()));
        services.AddSingleton<CatalogueNewsReader>();
        services.AddSingleton<ModelSwitch>();
        services.AddSingleton<ModelReadiness>();
        services.AddHostedService<ModelWatch>();
    }
}
