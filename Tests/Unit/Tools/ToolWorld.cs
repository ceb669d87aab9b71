using AgentRec.Grains.Planning;
using AgentRec.Grains.Tools;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace AgentRec.Tests.Unit.Tools;

/// <summary>Pipelines on a clock that only the test moves.</summary>
internal sealed class ToolWorld : IDisposable
{
    public const string Tool = ToolNames.Vectors;

    private readonly ServiceProvider _services;

    public ToolWorld(Action<ToolLimits>? limits = null, Action<PlannerOptions>? planner = null)
    {
        _services = new ServiceCollection().Configure(Tool, limits ?? (_ => { })).Configure(planner ?? (_ => { })).BuildServiceProvider();
        Pipelines = new ToolPipelines(
            _services.GetRequiredService<IOptionsMonitor<ToolLimits>>(), _services.GetRequiredService<IOptions<PlannerOptions>>(), Clock, NullLogger<ToolPipelines>.Instance);
    }

    public FakeTimeProvider Clock { get; } = new();

    public ToolPipelines Pipelines { get; }

    /// <summary>A tool that answers at once.</summary>
    public async Task<ToolAnswer<int>> AnswerAsync() => await Pipelines.RunAsync(Tool, TimeSpan.MaxValue, _ => ValueTask.FromResult(7), default);

    /// <summary>A tool that fails at once.</summary>
    public async Task<ToolAnswer<int>> FailAsync(Exception? exception = null) =>
        await Pipelines.RunAsync<int>(Tool, TimeSpan.MaxValue, _ => throw exception ?? new InvalidOperationException("broken for a test"), default);

    /// <summary>A tool that never answers, deaf to its token, whose turn has this much left.</summary>
    public Task<ToolAnswer<int>> HangAsync(TimeSpan left, Task<int>? until = null, CancellationToken cancellationToken = default) =>
        Pipelines.RunAsync(Tool, left, _ => new ValueTask<int>(until ?? new TaskCompletionSource<int>().Task), cancellationToken).AsTask();

    public void Dispose() => _services.Dispose();
}
