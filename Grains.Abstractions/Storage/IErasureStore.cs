using AgentRec.Domain;

namespace AgentRec.Grains.Abstractions.Storage;

/// <summary>
/// Erases users, and remembers of each that it was: a tombstone holds a keyed digest of the user's id, so that data of the time
/// before is not taken in again. Erasures of a tenant are numbered; a model is made without everybody erased up to a number.
/// </summary>
public interface IErasureStore
{
    /// <summary>When a user was last erased. What is said to have happened before is not taken in.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="userId">The user.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>Null for a user who never was.</returns>
    ValueTask<DateTimeOffset?> ErasedAtAsync(string tenant, string userId, CancellationToken cancellationToken);

    /// <summary>
    /// Deletes a user's log with all that turns left behind, and puts the tombstone in place, in one transaction. What others have
    /// yet to let go of stays with the tombstone until <see cref="CompleteAsync"/>.
    /// </summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="userId">The user.</param>
    /// <param name="footprint">What the user's log holds, up to its last event.</param>
    /// <param name="at">The moment.</param>
    /// <param name="cancellationToken">Gives up waiting; the user may be erased all the same.</param>
    /// <returns>What was deleted; null when the log has grown beyond the footprint, and nothing was.</returns>
    ValueTask<RemovedRows?> RemoveAsync(string tenant, string userId, UserFootprint footprint, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>What others have yet to let go of.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="userId">The user.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>Null when nothing is left to do.</returns>
    ValueTask<UserFootprint?> FindPendingAsync(string tenant, string userId, CancellationToken cancellationToken);

    /// <summary>Users whose erasure was interrupted.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    ValueTask<IReadOnlyList<string>> ListPendingAsync(string tenant, CancellationToken cancellationToken);

    /// <summary>Everybody has let go: all but the tombstone is deleted.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="userId">The user.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    ValueTask CompleteAsync(string tenant, string userId, CancellationToken cancellationToken);

    /// <summary>The number of the last erasure; 0 when there was none.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    ValueTask<long> LastAsync(string tenant, CancellationToken cancellationToken);

    /// <summary>Reads which of some users were erased after an erasure, of all who were.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="after">Erasures of greater numbers count.</param>
    /// <param name="userIds">The users who are asked about.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    ValueTask<IReadOnlyList<string>> ErasedAmongAsync(string tenant, long after, IReadOnlyCollection<string> userIds, CancellationToken cancellationToken);
}

/// <summary>What a user's log holds that others know of too.</summary>
/// <param name="Id">Names this footprint: what is subtracted under it is subtracted once.</param>
/// <param name="Sequence">The last event's sequence; 0 for an empty log.</param>
/// <param name="Sessions">The user's sessions.</param>
/// <param name="Certificates">The certificates of the user's turns.</param>
/// <param name="Evidence">What item agents were told, by item and segment, in ordinal order.</param>
public sealed record UserFootprint(
    string Id, long Sequence, IReadOnlyList<string> Sessions, IReadOnlyList<string> Certificates, IReadOnlyList<SegmentExposure> Evidence);

/// <summary>What an erasure deleted from the store.</summary>
/// <param name="Events">Events of the log.</param>
/// <param name="Interactions">Interactions among them.</param>
/// <param name="Turns">Turns among them.</param>
/// <param name="Showings">Records of an item shown.</param>
/// <param name="Certificates">Certificates.</param>
/// <param name="Windows">Candidate windows.</param>
public sealed record RemovedRows(long Events, long Interactions, long Turns, long Showings, long Certificates, long Windows);
