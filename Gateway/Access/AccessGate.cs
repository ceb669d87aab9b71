using AgentRec.Gateway.Calls;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AgentRec.Gateway.Access;

/// <summary>
/// Decides whether callers need a key. A gateway that was open closes for good when the first key is made; one that would be open
/// where other machines reach it does not start.
/// </summary>
/// <param name="keys">Knows whether there are keys.</param>
/// <param name="repetition">Repeats what was not answered.</param>
/// <param name="options">The mode.</param>
/// <param name="server">Knows where it listens.</param>
/// <param name="time">The clock, for its pace alone.</param>
/// <param name="logger">The log.</param>
internal sealed partial class AccessGate(
    KeyCache keys, Repetition repetition, IOptions<AccessOptions> options, IServer server, TimeProvider time, ILogger<AccessGate> logger) : IHostedLifecycleService
{
    private volatile bool _closed = options.Value.Mode is AccessMode.Closed || (options.Value.Mode is AccessMode.Auto && options.Value.Jwt.IsOn);
    private readonly Lock _lock = new();
    private long _asked = long.MinValue;
    private (Task Answer, long Since) _asking = (Task.CompletedTask, 0);

    private bool IsForced => options.Value.Mode is AccessMode.Open;

    /// <summary>Says whether callers on this machine are served without a key.</summary>
    /// <param name="cancellationToken">Stops asking.</param>
    public async ValueTask<bool> IsOpenAsync(CancellationToken cancellationToken)
    {
        if (_closed || IsForced)
            return !_closed;
        var asked = Volatile.Read(ref _asked);
        var age = asked == long.MinValue ? TimeSpan.MaxValue : time.GetElapsedTime(asked);
        var lifetime = TimeSpan.FromSeconds(options.Value.CacheSeconds);
        if (age < lifetime)
            return true;
        var (answer, since) = Ask();
        if (age >= lifetime + SilentCluster.Grace || await SilentCluster.AnswersAsync(answer, time.GetElapsedTime(since), time, cancellationToken))
            await answer.WaitAsync(cancellationToken);
        return !_closed;
    }

    /// <summary>Asks whether there are keys, once for all requests that want to know.</summary>
    private (Task Answer, long Since) Ask()
    {
        lock (_lock)
        {
            if (_asking.Answer.IsCompleted)
                _asking = (AskAsync(time.GetTimestamp()), time.GetTimestamp());
            return _asking;
        }
    }

    private async Task AskAsync(long now)
    {
        if (await repetition.Repeat(() => keys.Keys.Exist(), CancellationToken.None))
            Close();
        else
            Volatile.Write(ref _asked, now);
    }

    /// <summary>Callers need a key from now on, unless the options say that they never do.</summary>
    public void Close()
    {
        if (!IsForced)
            _closed = true;
    }

    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (!await IsOpenAsync(cancellationToken))
                return;
        }
        catch (Exception exception) when (Repetition.IsUnanswered(exception))
        {
            // Nothing is open before the cluster has said that there is no key: the first request asks again.
        }
        if (Addresses().FirstOrDefault(address => !Locality.IsLoopback(address)) is { } exposed)
        {
            throw new OptionsValidationException(AccessOptions.Section, typeof(AccessOptions), [IsForced
                ? $"Access:Mode is open, and {exposed} can be reached from other machines: listen on 127.0.0.1, or take the option out."
                : $"{exposed} can be reached from other machines, and there is no access key: make one with 'agentrec keys create', or set Access:Mode to closed and make one later."]);
        }
        Open();
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private ICollection<string> Addresses() => server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];

    [LoggerMessage(1, LogLevel.Warning, "Nobody needs a key: every caller on this machine may do everything. Make a first key with 'agentrec keys create'", EventName = "Open")]
    private partial void Open();
}
