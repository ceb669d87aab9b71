using AgentRec.Domain;

namespace AgentRec.Grains.Abstractions.Storage;

/// <summary>
/// The durable log of what happened, by user. Each user's log is a gap-free sequence with one online writer, that user's
/// agent. What <see cref="AppendAsync"/> has answered is on disk.
/// </summary>
public interface IUserLog
{
    /// <summary>Appends events, all or none, and makes them durable. Many callers share one commit.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="userId">The user.</param>
    /// <param name="events">The events, their sequences following the last one in the log without gaps.</param>
    /// <param name="archive">Certificate and window of a turn among the events, written in the same transaction.</param>
    /// <param name="cancellationToken">Gives up waiting; the events may be appended all the same.</param>
    /// <returns>Whether the events were appended, and if not, why.</returns>
    ValueTask<AppendOutcome> AppendAsync(
        string tenant, string userId, IReadOnlyList<LoggedEvent> events, TurnArchive? archive, CancellationToken cancellationToken);

    /// <summary>Reads a user's events in order.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="userId">The user.</param>
    /// <param name="after">Events with a greater sequence are read; 0 reads from the start.</param>
    /// <param name="limit">The greatest number of events to read at once, at least 1.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    ValueTask<IReadOnlyList<LoggedEvent>> ReadAsync(string tenant, string userId, long after, int limit, CancellationToken cancellationToken);

    /// <summary>Finds interactions by their ids, whoever's they are.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="interactionIds">The ids.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>Those that exist, by id.</returns>
    ValueTask<IReadOnlyDictionary<string, Interaction>> FindInteractionsAsync(
        string tenant, IReadOnlyCollection<string> interactionIds, CancellationToken cancellationToken);

    /// <summary>Reads what the log knows of a session.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="sessionId">The session.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>The session, or null when it was never opened.</returns>
    ValueTask<SessionHistory?> ReadSessionAsync(string tenant, string sessionId, CancellationToken cancellationToken);

    /// <summary>Says whether a session of a user was opened.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="userId">The user.</param>
    /// <param name="sessionId">The session.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    ValueTask<bool> HasSessionAsync(string tenant, string userId, string sessionId, CancellationToken cancellationToken);

    /// <summary>
    /// Reads, straight from the log, the private facts that rules ask about: an independent check on what the user agent says
    /// from memory. Events before the last <see cref="MemoryForgotten"/> do not count.
    /// </summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="userId">The user.</param>
    /// <param name="upTo">Events with a greater sequence are ignored.</param>
    /// <param name="itemIds">The items that are asked about.</param>
    /// <param name="shownSince">Showings before this moment are ignored.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>A fact for each item asked about.</returns>
    ValueTask<IReadOnlyDictionary<string, ItemFact>> ReadFactsAsync(
        string tenant, string userId, long upTo, IReadOnlyCollection<string> itemIds, DateTimeOffset shownSince, CancellationToken cancellationToken);
}

/// <summary>What the log knows of one user and one item.</summary>
/// <param name="Consumed">True when a consuming interaction is in the log.</param>
/// <param name="Shown">The moments at which the item was shown, in order.</param>
public sealed record ItemFact(bool Consumed, IReadOnlyList<DateTimeOffset> Shown);

/// <summary>How an append ended.</summary>
public enum AppendOutcome
{
    /// <summary>The events are durable.</summary>
    Appended,

    /// <summary>A sequence is taken or leaves a gap: another activation of the user's agent has written.</summary>
    SequenceConflict,

    /// <summary>An interaction id, session id, turn or certificate of the batch exists already.</summary>
    DuplicateId,
}

/// <summary>What a turn leaves behind beside its record.</summary>
/// <param name="CertificateId">The certificate's id.</param>
/// <param name="Certificate">The certificate in canonical JSON.</param>
/// <param name="Window">The candidate window as JSON; kept compressed.</param>
public sealed record TurnArchive(string CertificateId, string Certificate, string Window);

/// <summary>A session as the log knows it.</summary>
/// <param name="UserId">The session's user.</param>
/// <param name="Opened">Its opening.</param>
/// <param name="OpenedAt">When it was opened.</param>
/// <param name="ClosedAt">When it was closed, if it was.</param>
/// <param name="Turns">Its turns in order, each with the moment it was finished.</param>
public sealed record SessionHistory(
    string UserId,
    SessionOpened Opened,
    DateTimeOffset OpenedAt,
    DateTimeOffset? ClosedAt,
    IReadOnlyList<(DateTimeOffset At, TurnRecord Record)> Turns);
