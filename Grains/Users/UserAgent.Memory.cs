using System.Collections.Immutable;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using AgentRec.Domain;
using AgentRec.Grains.Abstractions;
using AgentRec.Grains.Abstractions.Storage;
using AgentRec.Grains.Abstractions.Users;
using AgentRec.Grains.Telemetry;
using AgentRec.Recommenders.Memory;

namespace AgentRec.Grains.Users;

// The log comes first: an event is appended, then folded in, then told to others. The snapshot follows when it is convenient.
internal sealed partial class UserAgent
{
    private const int ReadBatch = 1_000;
    private const int EventsBetweenSnapshots = 64;
    private const int AppendAttempts = 3;

    private UserMemory _memory = UserMemory.Restore(MemorySnapshot.Empty);
    private long _snapshotSequence;
    private long _historySequence;

    private long Born => _erasedAt?.ToUnixTimeMilliseconds() ?? 0;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _pins = new OfferPins(GrainContext.ActivationId);
        _erasedAt = await erasures.ErasedAtAsync(Tenant, UserId, cancellationToken);
        if (state.State.Memory.Format == MemorySnapshot.CurrentFormat && state.State.Born == Born)
            _memory = UserMemory.Restore(state.State.Memory);
        // The snapshot is not kept beside the memory: what the store's version needs is in the state.
        state.State.Memory = MemorySnapshot.Empty;
        _snapshotSequence = _memory.Sequence;
        await foreach (var logged in ReadLogAsync(_memory.Sequence, cancellationToken))
            _memory.Apply(logged, tenant.Serving.Current.Catalogue);
        _historySequence = _memory.Sequence;
        _memory.Rest();
        AgentInstruments.MemoryRestored(_memory.Sequence - _snapshotSequence);
    }

    /// <summary>Every call leaves the memory at rest: most agents that are awake wait.</summary>
    public async Task Invoke(IIncomingGrainCallContext context)
    {
        try
        {
            await context.Invoke();
        }
        finally
        {
            _memory.Rest();
        }
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (_memory.Sequence > _snapshotSequence)
            await SnapshotAsync();
    }

    public async Task<ImmutableArray<RecordVerdict>> Record(ImmutableArray<Interaction> interactions)
    {
        for (var attempt = 1; ; attempt++)
        {
            var (verdicts, accepted) = await JudgeAsync(interactions);
            if (accepted.Count == 0)
                return verdicts;
            // An id may be taken by another user between look and leap; a second look tells.
            if (await AppendAsync([.. accepted.Select(interaction => new InteractionRecorded(interaction))], null) is not null)
                return verdicts;
            if (attempt == AppendAttempts)
                throw new AgentUnavailableException("Interaction ids keep being taken by others while they are recorded; repeat the request.");
        }
    }

    public async Task<DateTimeOffset?> RecordSession(UserEvent sessionEvent)
    {
        if (sessionEvent is SessionClosed closed)
            await RequireSessionAsync(closed.SessionId);
        var at = await AppendAsync([sessionEvent], null);
        if (at is not null && sessionEvent is SessionOpened opened)
            _session = opened.SessionId;
        return at;
    }

    public async Task<DateTimeOffset?> RecordTurn(TurnCommit turn)
    {
        var archive = turn is { CertificateId: { } id, Certificate: { } certificate, Window: { } window }
            ? new TurnArchive(id, certificate, window)
            : null;
        await RequireSessionAsync(turn.Record.SessionId);
        return await AppendAsync([new TurnTaken(turn.Record)], archive);
    }

    public Task<MemoryView> DescribeMemory() => Task.FromResult(View());

    public Task<Recollection> Recollect() => Task.FromResult(new Recollection(View(), MemoryProfile.Told(_memory)));

    public Task<ExportPage> Export(long after) => export.ReadAsync(Tenant, UserId, after, CancellationToken.None);

    public async Task<MemoryView> Correct(ImmutableArray<Correction> corrections)
    {
        await AppendAsync([new MemoryCorrected(corrections)], null);
        return View();
    }

    public async Task<MemoryView?> CorrectInWords(string text)
    {
        var reading = await tenant.Readers.StatementAsync(text);
        return reading.Corrections.IsEmpty ? null : await Correct(reading.Corrections) with { NotUnderstood = reading.NotUnderstood };
    }

    public async Task Forget() => await AppendAsync([new MemoryForgotten()], null);

    private async Task<(ImmutableArray<RecordVerdict> Verdicts, List<Interaction> Accepted)> JudgeAsync(ImmutableArray<Interaction> interactions)
    {
        // Another silo may know items that this one has yet to hear of.
        if (interactions.Any(interaction => !tenant.Serving.Current.Catalogue.TryHandle(interaction.ItemId, out _)))
            await tenant.News.CatchUpAsync(CancellationToken.None);
        var catalogue = tenant.Serving.Current.Catalogue;
        var known = new Dictionary<string, Interaction>(
            await log.FindInteractionsAsync(Tenant, [.. interactions.Select(interaction => interaction.InteractionId).Distinct(StringComparer.Ordinal)], CancellationToken.None),
            StringComparer.Ordinal);
        var verdicts = ImmutableArray.CreateBuilder<RecordVerdict>(interactions.Length);
        var accepted = new List<Interaction>();
        foreach (var interaction in interactions.Select(ToLogPrecision))
        {
            if (known.TryGetValue(interaction.InteractionId, out var earlier))
            {
                verdicts.Add(earlier == interaction
                    ? new RecordVerdict(RecordStatus.Duplicate, null)
                    : new RecordVerdict(RecordStatus.Rejected, "interactionId: the same id was used with other content"));
            }
            else if (interaction.Problem() is var (field, problem))
            {
                verdicts.Add(new RecordVerdict(RecordStatus.Rejected, $"{field}: {problem}"));
            }
            else if (IsOfErasedTime(interaction))
            {
                verdicts.Add(new RecordVerdict(RecordStatus.Rejected, "timestamp: lies before the moment at which the user was erased"));
            }
            else if (!catalogue.TryHandle(interaction.ItemId, out _))
            {
                verdicts.Add(new RecordVerdict(RecordStatus.Rejected, "itemId: the catalogue has no such item"));
            }
            else
            {
                known[interaction.InteractionId] = interaction;
                accepted.Add(interaction);
                verdicts.Add(new RecordVerdict(RecordStatus.Accepted, null));
            }
        }
        return (verdicts.MoveToImmutable(), accepted);
    }

    /// <summary>Appends events and folds them in.</summary>
    /// <returns>The time of the events; null when an id of theirs is in the log already.</returns>
    /// <exception cref="AgentUnavailableException">The log is away, or another activation has written: this one ends, the call may be repeated.</exception>
    private async Task<DateTimeOffset?> AppendAsync(ImmutableArray<UserEvent> events, TurnArchive? archive)
    {
        var now = Now();
        LoggedEvent[] logged = [.. events.Select((one, i) => new LoggedEvent(_memory.Sequence + 1 + i, now, one))];
        AppendOutcome outcome;
        var began = Stopwatch.GetTimestamp();
        using var span = AgentActivities.Append(logged.Length);
        try
        {
            outcome = await log.AppendAsync(Tenant, UserId, logged, archive, CancellationToken.None);
            AgentInstruments.Appended(outcome is AppendOutcome.Appended ? "written" : "refused", Stopwatch.GetElapsedTime(began));
        }
        catch (Exception exception)
        {
            // Whether the events are in the log is unknown: the next activation reads what is.
            AgentInstruments.Appended("failed", Stopwatch.GetElapsedTime(began));
            LogAppendFailed(exception);
            DeactivateOnIdle();
            throw new AgentUnavailableException("The log could not be written; whether the event was recorded shows when the request is repeated under the same id.", exception);
        }
        switch (outcome)
        {
            case AppendOutcome.DuplicateId:
                return null;
            case AppendOutcome.SequenceConflict:
                DeactivateOnIdle();
                throw new AgentUnavailableException("Another activation of the user's agent has written to the log; repeat the request.");
        }

        var told = new List<SegmentExposure>();
        foreach (var one in logged)
        {
            _memory.Apply(one, tenant.Serving.Current.Catalogue);
            told.AddRange(ItemNews.Of(_memory, one, tenant.Serving.Current.Catalogue));
            if (one.Event is InteractionRecorded or MemoryForgotten)
                _historySequence = one.Sequence;
        }
        await TellItemsAsync(told);
        if (_memory.Sequence - _snapshotSequence >= EventsBetweenSnapshots)
            await SnapshotAsync();
        return now;
    }

    private async Task SnapshotAsync()
    {
        try
        {
            (state.State.Memory, state.State.Born) = (_memory.Snapshot(), Born);
            await state.WriteStateAsync();
            _snapshotSequence = _memory.Sequence;
        }
        catch (Exception exception)
        {
            // Nothing is lost, the log has it all; but the state's version is suspect after a failed write.
            LogSnapshotFailed(exception);
            DeactivateOnIdle();
        }
        finally
        {
            state.State.Memory = MemorySnapshot.Empty;
        }
    }

    private async Task TellItemsAsync(List<SegmentExposure> news)
    {
        foreach (var told in news)
        {
            if (told.Counts == ExposureCounts.Shown)
            {
                await Item(told.ItemId).Shown(told.Segment);
                continue;
            }
            var isPositive = told.Counts == ExposureCounts.Received;
            if (isPositive)
                tenant.Mixes.TakenTo(this.GetPrimaryKeyString(), told.ItemId);
            await Item(told.ItemId).Received(told.Segment, isPositive);
        }
    }

    /// <summary>Reads the log behind an event, to its end.</summary>
    private async IAsyncEnumerable<LoggedEvent> ReadLogAsync(long after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        IReadOnlyList<LoggedEvent> batch;
        do
        {
            batch = await log.ReadAsync(Tenant, UserId, after, ReadBatch, cancellationToken);
            foreach (var logged in batch)
            {
                yield return logged;
                after = logged.Sequence;
            }
        }
        while (batch.Count == ReadBatch);
    }

    private MemoryView View()
    {
        var catalogue = tenant.Serving.Current.Catalogue;
        return new MemoryView(
            UserId, _memory.Sequence, MemoryProfile.Sentences(_memory), _memory.Interactions, _memory.ConsumedCount,
            _memory.LastActive is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null,
            [.. _memory.Recent.Reverse().Select(entry => new RememberedInteraction(
                catalogue.Item(entry.Item).ItemId, catalogue.Item(entry.Item).Title, entry.Type, entry.Value, DateTimeOffset.FromUnixTimeMilliseconds(entry.At)))],
            [.. _memory.Affinities
                .Select(affinity => new RememberedAffinity(affinity.Facet, affinity.Value, Math.Round(MemoryProfile.Weight(affinity), 2), affinity.Count))
                .OrderByDescending(affinity => Math.Abs(affinity.Weight))],
            [.. _memory.Stated], _memory.Shown);
    }

    private static Interaction ToLogPrecision(Interaction interaction) => interaction.Timestamp is { } at
        ? interaction with { Timestamp = DateTimeOffset.FromUnixTimeMilliseconds(at.ToUnixTimeMilliseconds()) }
        : interaction;
}
