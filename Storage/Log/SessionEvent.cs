using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Storage;

namespace AgentRec.Storage.Log;

/// <summary>An event of a session as it lies in a user's log.</summary>
/// <param name="UserId">The user.</param>
/// <param name="At">When it was appended.</param>
/// <param name="Happened">What happened.</param>
internal readonly record struct SessionEvent(string UserId, DateTimeOffset At, UserEvent Happened)
{
    /// <summary>Makes a session of its events.</summary>
    /// <param name="events">All events of one session, by user and sequence.</param>
    /// <returns>The session; null when it was never opened.</returns>
    public static SessionHistory? Fold(IEnumerable<SessionEvent> events)
    {
        string? user = null;
        SessionOpened? opened = null;
        DateTimeOffset openedAt = default;
        DateTimeOffset? closedAt = null;
        var turns = new List<(DateTimeOffset At, TurnRecord Record)>();
        foreach (var one in events)
        {
            switch (one.Happened)
            {
                case SessionOpened happened:
                    (user, opened, openedAt) = (one.UserId, happened, one.At);
                    break;
                case SessionClosed:
                    closedAt ??= one.At;
                    break;
                case TurnTaken taken:
                    turns.Add((one.At, taken.Turn));
                    break;
            }
        }
        return opened is null ? null : new SessionHistory(user!, opened, openedAt, closedAt, turns);
    }
}
