using System.Collections.Concurrent;
using System.Diagnostics;
using AgentRec.Grains.Abstractions.Language;
using AgentRec.Grains.Abstractions.Planning;
using AgentRec.Grains.Planning;
using AgentRec.Grains.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Polly.CircuitBreaker;
using Polly.RateLimiting;
using Polly.Timeout;

namespace AgentRec.Grains.Tools;

/// <summary>
/// Every call to a tool goes through here: one circuit, one bulkhead and one time limit for each tool of the silo. A tool that
/// is slow, fails, is busy or rests is an answer with a reason, never an exception.
/// </summary>
/// <param name="limits">The limits of each tool.</param>
/// <param name="planner">What a turn may spend, and tools without a budget of their own.</param>
/// <param name="time">The domain's clock: limits and rests go by it.</param>
/// <param name="logger">Hears of failures and of circuits.</param>
internal sealed partial class ToolPipelines(
    IOptionsMonitor<ToolLimits> limits,
    IOptions<PlannerOptions> planner,
    [FromKeyedServices(DomainTime.Key)] TimeProvider time,
    ILogger<ToolPipelines> logger)
{
    private readonly ConcurrentDictionary<string, ToolPipeline> _tools = new(StringComparer.Ordinal);

    /// <summary>Asks a tool.</summary>
    /// <typeparam name="T">The answer's type.</typeparam>
    /// <param name="tool">The tool's name.</param>
    /// <param name="left">What the turn can still spend; <see cref="TimeSpan.MaxValue"/> where the tool's own budget alone counts.</param>
    /// <param name="call">The call. It should heed its token; one that does not is abandoned, and holds its place until it ends.</param>
    /// <param name="cancellationToken">Gives the turn up.</param>
    /// <exception cref="OperationCanceledException">The turn was given up.</exception>
    public async ValueTask<ToolAnswer<T>> RunAsync<T>(
        string tool, TimeSpan left, Func<CancellationToken, ValueTask<T>> call, CancellationToken cancellationToken)
    {
        if (left <= TimeSpan.Zero)
        {
            AgentInstruments.ToolCalled(tool, "not-asked", TimeSpan.Zero);
            return new ToolAnswer<T>(default, DropReasons.NoTimeLeft);
        }
        var began = Stopwatch.GetTimestamp();
        using var span = AgentActivities.Call(tool);
        var outcome = await Pipeline(tool).RunAsync(Granted(tool, left), call, cancellationToken);
        if (outcome.Exception is not null)
            cancellationToken.ThrowIfCancellationRequested();
        var ending = Ending(outcome.Exception);
        AgentActivities.End(span, ending);
        AgentInstruments.ToolCalled(tool, ending, Stopwatch.GetElapsedTime(began));
        if (outcome.Exception is not { } exception)
            return new ToolAnswer<T>(outcome.Result, null);
        var reason = Reason(exception);
        if (exception is BrokenCircuitException)
            LogLeftAlone(tool);
        else
            LogDropped(exception, tool, reason);
        return new ToolAnswer<T>(default, reason);
    }

    /// <summary>True while a tool is left alone after failures.</summary>
    /// <param name="tool">The tool's name.</param>
    public bool IsResting(string tool) => Pipeline(tool).RestsUntil > time.GetUtcNow();

    /// <summary>The tools that were asked so far, and which of them are left alone after failures.</summary>
    public IEnumerable<(string Tool, bool IsResting)> States => _tools.Keys.Order(StringComparer.Ordinal).Select(tool => (tool, IsResting(tool)));

    private ToolPipeline Pipeline(string tool) =>
        _tools.TryGetValue(tool, out var known) ? known : _tools.GetOrAdd(tool, name => new ToolPipeline(name, limits.Get(name), time, logger));

    /// <summary>The time that a call gets, and whether being late with it is the tool's fault rather than the turn's.</summary>
    private Grant Granted(string tool, TimeSpan left)
    {
        var own = TimeSpan.FromMilliseconds(limits.Get(tool).BudgetMilliseconds ?? planner.Value.ToolTimeoutMilliseconds);
        var whole = TimeSpan.FromMilliseconds(planner.Value.TurnBudgetMilliseconds);
        var fair = own < whole ? own : whole;
        var granted = left < own ? left : own;
        return new Grant(granted, granted >= fair / 2);
    }

    /// <summary>How a call ended, in the few words that figures are told apart by.</summary>
    private static string Ending(Exception? exception) => exception switch
    {
        null => "answered",
        BrokenCircuitException => "resting",
        RateLimiterRejectedException => "busy",
        TimeoutRejectedException => "late",
        _ => "failed",
    };

    private static string Reason(Exception exception) => exception switch
    {
        BrokenCircuitException => DropReasons.Resting,
        RateLimiterRejectedException => DropReasons.Busy,
        TimeoutRejectedException => DropReasons.Late,
        RankingUnavailableException told => told.Message,
        LanguageUnavailableException told => told.Message,
        _ => DropReasons.Failed,
    };

    [LoggerMessage(EventName = "ToolDropped", Level = LogLevel.Warning, Message = "Tool {Tool} was left out of a turn: {Reason}")]
    private partial void LogDropped(Exception exception, string tool, string reason);

    [LoggerMessage(EventName = "ToolLeftAlone", Level = LogLevel.Debug, Message = "Tool {Tool} was left out of a turn: it rests after failures")]
    private partial void LogLeftAlone(string tool);
}
