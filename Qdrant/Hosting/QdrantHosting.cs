using AgentRec.Grains.Abstractions.Vectors;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Options;
using Polly;

namespace AgentRec.Qdrant.Hosting;

/// <summary>Adds the vector index on Qdrant to a host.</summary>
public static class QdrantHosting
{
    private static readonly TimeSpan Sampling = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Break = TimeSpan.FromSeconds(5);

    /// <summary>Adds <see cref="IVectorIndex"/> on Qdrant, with options from a section of the configuration.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="section">The section of <see cref="QdrantOptions"/>.</param>
    /// <returns>The services, for further calls.</returns>
    public static IServiceCollection AddQdrantVectorIndex(this IServiceCollection services, string section)
    {
        services.AddOptions<QdrantOptions>().BindConfiguration(section).ValidateDataAnnotations().ValidateOnStart();
        // A turn waits for a query, retries included: one slow attempt leaves time for another.
        AddClient(services, QdrantCalls.Query, options => options.QueryTimeoutMilliseconds, options => options.QueryTimeoutMilliseconds / 2);
        AddClient(services, QdrantCalls.Upkeep, _ => null, options => options.WriteTimeoutMilliseconds);
        services.AddSingleton<QdrantCalls>();
        services.AddSingleton<IVectorIndex, QdrantVectorIndex>();
        return services;
    }

    private static void AddClient(IServiceCollection services, string name, Func<QdrantOptions, int?> whole, Func<QdrantOptions, int> attempt)
    {
        var client = services.AddHttpClient(name, (provider, http) =>
        {
            var options = provider.GetRequiredService<IOptions<QdrantOptions>>().Value;
            http.BaseAddress = new Uri($"{options.Endpoint.TrimEnd('/')}/");
            http.Timeout = Timeout.InfiniteTimeSpan;
            if (options.ApiKey is { } key)
                http.DefaultRequestHeaders.Add("api-key", key);
        });
        // What a call asks for is nobody's business: failures are logged where they are handled, in words of our own.
        client.RemoveAllLoggers();
        client.AddResilienceHandler(name, (pipeline, context) =>
        {
            var options = context.ServiceProvider.GetRequiredService<IOptions<QdrantOptions>>().Value;
            if (whole(options) is { } milliseconds)
                pipeline.AddTimeout(TimeSpan.FromMilliseconds(milliseconds));
            if (options.Retries > 0)
            {
                pipeline.AddRetry(new HttpRetryStrategyOptions
                {
                    MaxRetryAttempts = options.Retries,
                    Delay = TimeSpan.FromMilliseconds(options.RetryDelayMilliseconds),
                    BackoffType = DelayBackoffType.Exponential,
                    UseJitter = false,
                });
            }
            pipeline.AddCircuitBreaker(new HttpCircuitBreakerStrategyOptions
            {
                FailureRatio = 0.5,
                MinimumThroughput = options.BreakAfterCalls,
                SamplingDuration = Sampling,
                BreakDuration = Break,
            });
            pipeline.AddTimeout(TimeSpan.FromMilliseconds(attempt(options)));
        });
    }
}
