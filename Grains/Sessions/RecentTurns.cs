using AgentRec.Domain;
using BitFaster.Caching.Lru;

namespace AgentRec.Grains.Sessions;

/// <summary>
/// The last finished turns of sessions that are awake on this silo, for callers who ask for one again at once. A turn with its events is
/// many times as large as its session, so that only those of the most recent sessions are kept; all others are read from the log.
/// </summary>
internal sealed class RecentTurns
{
    private const int Capacity = 256;

    private readonly ConcurrentLru<string, TurnRecord> _records = new(Capacity);

    /// <summary>A session's last turn, if it has this number and is kept.</summary>
    /// <param name="session">The session agent's key.</param>
    /// <param name="turn">The turn's number.</param>
    public TurnRecord? Find(string session, int turn) =>
        _records.TryGet(session, out var record) && record.Result.Turn == turn ? record : null;

    /// <summary>Keeps a session's last turn.</summary>
    /// <param name="session">The session agent's key.</param>
    /// <param name="record">The turn.</param>
    public void Keep(string session, TurnRecord record) => _records.AddOrUpdate(session, record);

    /// <summary>Lets go of a session's last turn.</summary>
    /// <param name="session">The session agent's key.</param>
    public void Forget(string session) => _records.TryRemove(session);
}
