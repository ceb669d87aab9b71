using AgentRec.Grains.Abstractions.Language;
using AgentRec.LanguageModel.Budgets;
using AgentRec.LanguageModel.Traffic;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AgentRec.LanguageModel.Hosting;

/// <summary>Registers a language model.</summary>
public static class LanguageServices
{
    /// <summary>
    /// Adds the validated <see cref="LanguageOptions"/> and, where they name an endpoint or a replay, an <see cref="ILanguageModel"/>.
    /// Without either no model is added, and everything works without one.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configuration">Holds the section <see cref="LanguageOptions.Section"/>.</param>
    /// <returns>How long a turn may wait for the model; null where there is none.</returns>
    public static TimeSpan? AddLanguageModel(this IServiceCollection services, IConfiguration configuration)
    {
        var section = configuration.GetSection(LanguageOptions.Section);
        services.AddOptions<LanguageOptions>().Bind(section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<LanguageOptions>, LanguageOptionsValidation>();
        services.TryAddSingleton(TimeProvider.System);
        if (string.IsNullOrWhiteSpace(section[nameof(LanguageOptions.Endpoint)]) && string.IsNullOrWhiteSpace(section[nameof(LanguageOptions.Replay)]))
            return null;
        services.AddSingleton<ILanguageModel>(provider =>
        {
            var options = provider.GetRequiredService<IOptions<LanguageOptions>>().Value;
            var time = provider.GetRequiredService<TimeProvider>();
            return new SemanticLanguageModel(
                options, Transport(options), new TenantAllowances(options.TenantRequestsPerMinute, options.TenantTokensPerMinute, time), time,
                provider.GetRequiredService<ILogger<SemanticLanguageModel>>());
        });
        return TimeSpan.FromMilliseconds(int.TryParse(section[nameof(LanguageOptions.TurnMilliseconds)], out var milliseconds) ? milliseconds : new LanguageOptions().TurnMilliseconds);
    }

    private static HttpMessageHandler Transport(LanguageOptions options)
    {
        if (!string.IsNullOrWhiteSpace(options.Replay))
            return new ReplayHandler(Path.GetFullPath(options.Replay));
        // A redirection would carry prompts and key to where nobody meant them to go.
        var sockets = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) };
        return string.IsNullOrWhiteSpace(options.Record) ? sockets : new RecordingHandler(Path.GetFullPath(options.Record), sockets);
    }
}
