using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AgentRec.Gateway.Clustering;

/// <summary>
/// The first part of a stop: the gateway says that it is not ready, and serves on while those who choose a gateway find out.
/// Only then does the server stop to listen, and lets what is under way end.
/// </summary>
/// <param name="options">For how long.</param>
/// <param name="time">The clock to wait by.</param>
/// <param name="logger">The log.</param>
internal sealed partial class Draining(IOptions<GatewayOptions> options, TimeProvider time, ILogger<Draining> logger) : IHostedLifecycleService
{
    private volatile bool _hasBegun;

    /// <summary>True from the moment that the gateway was told to stop.</summary>
    public bool HasBegun => _hasBegun;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        _hasBegun = true;
        LogDraining(options.Value.DrainDelay.TotalSeconds);
        await Task.Delay(options.Value.DrainDelay, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(1, LogLevel.Information, "Stopping: not ready from now on, and closed to new requests in {Seconds} s", EventName = "Draining")]
    private partial void LogDraining(double seconds);
}
