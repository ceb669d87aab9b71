using AgentRec.Grains.Abstractions.Planning;
using AgentRec.Grains.Abstractions.Vectors;
using AgentRec.Grains.Vectors;
using AgentRec.Qdrant.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AgentRec.Silo.Vectors;

/// <summary>Adds vector retrieval to a silo.</summary>
internal static class VectorHosting
{
    /// <summary>Adds the silo's own index, the external one that the configuration names, and the search over both.</summary>
    public static void AddVectors(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<VectorOptions>().BindConfiguration(VectorOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<EmbeddedVectorIndex>();
        services.AddSingleton<IItemSearch, VectorItemSearch>();
        services.AddSingleton(provider => new VectorRoute(provider.GetRequiredService<EmbeddedVectorIndex>(), provider.GetService<IVectorIndex>()));
        if (configuration.GetSection(VectorOptions.Section).Get<VectorOptions>()?.Kind is not VectorOptions.OnQdrant)
            return;
        services.AddQdrantVectorIndex(VectorOptions.Section);
        services.AddSingleton<CollectionFilling>();
        services.AddHostedService<VectorFilling>();
    }
}
