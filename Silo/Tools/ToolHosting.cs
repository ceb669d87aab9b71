using AgentRec.Grains.Planning;
using AgentRec.Grains.Planning.Advocates;
using AgentRec.Grains.Reasons;
using AgentRec.Grains.Sessions.Advice;
using AgentRec.Grains.Tools;
using AgentRec.Grains.Users;
using AgentRec.LanguageModel.Hosting;
using AgentRec.Negotiation.Proposals;
using Microsoft.Extensions.Configuration;
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

    /// <summary>Adds the language model that the configuration names, if it names one, and what asks it.</summary>
    public static void AddLanguageAdvice(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<RequestAdvice>();
        services.AddOptions<ReasonOptions>().BindConfiguration(ReasonOptions.Section);
        services.AddSingleton<ReasonWording>();
        services.AddOptions<AdvocateOptions>().BindConfiguration(AdvocateOptions.Section);
        services.AddSingleton<ModelAdvocates>();
        services.AddOptions<MemoryOptions>().BindConfiguration(MemoryOptions.Section);
        if (services.AddLanguageModel(configuration) is not { } patience)
            return;
        services.AddSingleton<ISlateProposer, LanguageProposer>();
        // The model keeps the turn's time itself, and says what became of it; the pipeline's own limit stands behind that.
        services.PostConfigure<ToolLimits>(ToolNames.Language, limits => limits.BudgetMilliseconds ??= (int)Math.Clamp(patience.TotalMilliseconds + 500, 1, 60_000));
    }
}
