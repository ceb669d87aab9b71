using AgentRec.Grains.Tools;
using Microsoft.Extensions.DependencyInjection;

namespace AgentRec.Silo.Tools;

/// <summary>Adds what stands between a silo and its tools.</summary>
internal static class ToolHosting
{
    /// <summary>Adds the pipelines, with the limits of each known tool from the configuration.</summary>
    public static void AddTools(this IServiceCollection services)
    {
        foreach (var tool in ToolNames.All)
            services.AddOptions<ToolLimits>(tool).BindConfiguration(ToolLimits.Section(tool)).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<ToolPipelines>();
    }
}
