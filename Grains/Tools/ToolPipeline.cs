using Microsoft.Extensions.Logging;
using Polly;
using Polly.CircuitBreaker;
using Polly.RateLimiting;
using Polly.Timeout;

namespace AgentRec.Grains.Tools;

/// <summary>
/// One tool's circuit, time limit and bulkhead, from the outside in. The time limit gives a call up even where the call does not
/// heed its token; the bulkhead stands inside, so that a call that was given up keeps its place until it has really ended.
/// </summary>
internal sealed partial class ToolPipeline
{
    private static readonly ResiliencePropertyKey<Grant> Granted = new("agentrec.grant");

    private readonly ILogger _logger;
    private readonly ResiliencePipeline _limits;
    private readonly ResiliencePipeline _bulkhead;
    private long _restsUntil = DateTimeOffset.MinValue.UtcTicks;

    /// <summary>Makes the pipeline.</summary>
    /// <param name="tool">The tool's name.</param>
    /// <param name="limits">Its limits.</param>
    /// <param name="time">The clock that limits and rests go by.</param>
    /// <param name="logger">Hears when the circuit opens and closes.</param>
    public ToolPipeline(string tool, ToolLimits limits, TimeProvider time, ILogger logger)
    {
        _logger = logger;
        _bulkhead = new ResiliencePipelineBuilder { TimeProvider = time }.AddConcurrencyLimiter(limits.Concurrency, limits.Queue).Build();
        _limits = new ResiliencePipelineBuilder { TimeProvider = time }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions
            {
                FailureRatio = 0.5,
                MinimumThroughput = limits.BreakAfterCalls,
                SamplingDuration = TimeSpan.FromMilliseconds(ToolLimits.CountedMilliseconds),
                BreakDuration = TimeSpan.FromMilliseconds(limits.BreakMilliseconds),
                ShouldHandle = static call => ValueTask.FromResult(CountsAgainstTheTool(call.Outcome.Exception, call.Context)),
                OnOpened = opened =>
                {
                    Interlocked.Exchange(ref _restsUntil, (time.GetUtcNow() + opened.BreakDuration).UtcTicks);
                    LogOpened(tool, opened.BreakDuration.TotalMilliseconds);
                    return default;
                },
                OnClosed = _ =>
                {
                    LogClosed(tool);
                    return default;
                },
            })
            .AddTimeout(new TimeoutStrategyOptions
            {
                TimeoutGenerator = static call => ValueTask.FromResult(call.Context.Properties.GetValue(Granted, default).Time),
            })
            .Build();
    }

    /// <summary>Until when the tool is left alone; in the past when it is not.</summary>
    public DateTimeOffset RestsUntil => new(Interlocked.Read(ref _restsUntil), TimeSpan.Zero);

    /// <summary>Makes a call.</summary>
    /// <typeparam name="T">The answer's type.</typeparam>
    /// <param name="grant">The time that it gets.</param>
    /// <param name="call">The call.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    /// <returns>The answer, or the exception that says why there is none.</returns>
    public async ValueTask<Outcome<T>> RunAsync<T>(Grant grant, Func<CancellationToken, ValueTask<T>> call, CancellationToken cancellationToken)
    {
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        context.Properties.Set(Granted, grant);
        try
        {
            return await _limits.ExecuteOutcomeAsync(static (context, work) => work.Pipeline.CallAsync(work.Call, context.CancellationToken), context, (Pipeline: this, Call: call));
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private async ValueTask<Outcome<T>> CallAsync<T>(Func<CancellationToken, ValueTask<T>> call, CancellationToken cancellationToken)
    {
        Task<T>? running = null;
        try
        {
            running = _bulkhead.ExecuteAsync(static (call, token) => call(token), call, cancellationToken).AsTask();
            return Outcome.FromResult(await running.WaitAsync(cancellationToken));
        }
        catch (Exception exception)
        {
            // How a call ends that was given up interests nobody any more.
            _ = running?.ContinueWith(static late => late.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            return Outcome.FromException<T>(exception);
        }
    }

    private static bool CountsAgainstTheTool(Exception? exception, ResilienceContext context) => exception switch
    {
        // A full bulkhead is our own doing, and so is a turn that was given up.
        null or RateLimiterRejectedException => false,
        TimeoutRejectedException => context.Properties.GetValue(Granted, default).IsFair,
        _ => !context.CancellationToken.IsCancellationRequested,
    };

    [LoggerMessage(EventName = "ToolCircuitOpened", Level = LogLevel.Warning, Message = "Tool {Tool} failed too often and is left alone for {Milliseconds} ms")]
    private partial void LogOpened(string tool, double milliseconds);

    [LoggerMessage(EventName = "ToolCircuitClosed", Level = LogLevel.Information, Message = "Tool {Tool} answers again")]
    private partial void LogClosed(string tool);
}
