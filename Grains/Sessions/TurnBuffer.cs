using System.Runtime.CompilerServices;
using AgentRec.Domain;

namespace AgentRec.Grains.Sessions;

/// <summary>
/// The events of a turn: appended while it runs, read by any number of readers at their own pace. It is used from one grain's
/// scheduler only, so it needs no lock.
/// </summary>
internal sealed class TurnBuffer
{
    private readonly List<TurnEvent> _events = [];
    private TaskCompletionSource _appended = NewSignal();

    /// <summary>The events so far.</summary>
    public IReadOnlyList<TurnEvent> Events => _events;

    /// <summary>Appends an event and wakes the readers.</summary>
    /// <param name="kind">What happened.</param>
    /// <param name="data">The details as a JSON object.</param>
    public void Append(TurnEventKind kind, string data)
    {
        _events.Add(new TurnEvent(_events.Count + 1, kind, data));
        var signal = _appended;
        _appended = NewSignal();
        signal.SetResult();
    }

    /// <summary>Reads events as they come, until the last one.</summary>
    /// <param name="after">Events with a greater number are read.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public async IAsyncEnumerable<TurnEvent> ReadAsync(int after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var next = Math.Max(0, after); ;)
        {
            while (next < _events.Count)
            {
                var current = _events[next++];
                yield return current;
                if (current.IsLast)
                    yield break;
            }
            if (_events is [.., { IsLast: true }])
                yield break;
            await _appended.Task.WaitAsync(cancellationToken);
        }
    }

    // Readers go on by themselves, not inside the call that appends.
    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
