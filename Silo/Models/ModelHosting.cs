using AgentRec.Grains.Models;
using Microsoft.Extensions.DependencyInjection;

namespace AgentRec.Silo.Models;

/// <summary>Adds to a silo what loads models and lets them take each other's place.</summary>
internal static class ModelHosting
{
    /// <summary>Adds the loader and the watch over activations elsewhere.</summary>
    /// <param name="services">The host's services.</param>
    public static void AddModels(this IServiceCollection services)
    {
        services.AddOptions<ModelOptions>().BindConfiguration(ModelOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<ModelLoader>();
        services.AddHostedService<ModelWatch>();
    }
}
