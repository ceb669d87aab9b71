using AgentRec.Domain;
using AgentRec.Grains.Abstractions;
using AgentRec.Grains.Abstractions.Users;
using AgentRec.Recommenders.Memory;

namespace AgentRec.Grains.Users;

// A user who was erased may come back, and is a new one then: with an empty log, and with moments after the erasure.
internal sealed partial class UserAgent
{
    private DateTimeOffset? _erasedAt;
    private string? _session;

    public async Task<UserRemoval> Erase()
    {
        var reader = new FootprintReader(tenant.Serving.Current.Catalogue);
        await foreach (var logged in ReadLogAsync(0, CancellationToken.None))
            reader.Read(logged);
        var footprint = reader.Footprint($"erasure-{Guid.NewGuid():N}");
        var now = Now();
        var removed = await erasures.RemoveAsync(Tenant, UserId, footprint, now, CancellationToken.None);
        if (removed is null)
        {
            DeactivateOnIdle();
            throw new AgentUnavailableException("Another activation of the user's agent has written to the log; repeat the request.");
        }
        _memory = UserMemory.Restore(MemorySnapshot.Empty);
        (_snapshotSequence, _historySequence, _session, _erasedAt) = (0, 0, null, now);
        _pins = new OfferPins(GrainContext.ActivationId);
        scoring.Forget(this.GetPrimaryKeyString());
        tenant.Mixes.Forget(this.GetPrimaryKeyString());
        DeactivateOnIdle();
        // Where this fails the snapshot is of a life before the tombstone, and is not believed; the erasure is not complete, and is resumed.
        if (state.RecordExists)
            await state.ClearStateAsync();
        return new UserRemoval(now, removed.Events, removed.Interactions, footprint.Sessions.Count, removed.Turns, removed.Showings, removed.Certificates, removed.Windows, footprint.Evidence.Count);
    }

    /// <summary>The present in the log's precision; always after the user's erasure, whatever another silo's clock said then.</summary>
    private DateTimeOffset Now()
    {
        var now = DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());
        return _erasedAt is { } erased && now <= erased ? erased.AddMilliseconds(1) : now;
    }

    /// <summary>A turn may outlive the erasure of its user, but must not be recorded after it.</summary>
    /// <exception cref="AgentUnavailableException">The session is not in the log.</exception>
    private async ValueTask RequireSessionAsync(string sessionId)
    {
        if (string.Equals(_session, sessionId, StringComparison.Ordinal))
            return;
        if (!await log.HasSessionAsync(Tenant, UserId, sessionId, CancellationToken.None))
            throw new AgentUnavailableException("The session is not in the user's log: it was erased with its user.");
        _session = sessionId;
    }

    private bool IsOfErasedTime(Interaction interaction) => _erasedAt is { } erased && interaction.Timestamp <= erased;
}
