using System.Collections.Immutable;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using AgentRec.Domain;
using AgentRec.Grains.Abstractions;
using AgentRec.Grains.Abstractions.Keys;
using AgentRec.Grains.Abstractions.Language;
using AgentRec.Grains.Abstractions.Planning;
using AgentRec.Grains.Abstractions.Sessions;
using AgentRec.Grains.Abstractions.Storage;
using AgentRec.Grains.Abstractions.Users;
using AgentRec.Grains.Planning;
using AgentRec.Grains.Planning.Questions;
using AgentRec.Grains.Policies;
using AgentRec.Grains.Sessions.Advice;
using AgentRec.Grains.Telemetry;
using AgentRec.Grains.Tenants;
using AgentRec.Language.Readings;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;

namespace AgentRec.Grains.Sessions;

/// <inheritdoc cref="ISessionGrain"/>
/// <remarks>
/// The session's truth is in the log of its user; an activation reads it once and keeps an index of the turns. The grain is
/// reentrant, and admits one turn at a time by an explicit guard. It sleeps soon: waking up costs a read of the log, and there are as many
/// sessions as there were visits.
/// </remarks>
[GrainType("session"), Reentrant, CollectionAgeLimit(PlannerAgent.SleepsAfter)]
internal sealed partial class SessionGrain(
    IUserLog log,
    PolicyDirectory policies,
    TenantServing tenant,
    SlateProposers proposers,
    RequestAdvice advice,
    RecentTurns recent,
    IOptions<SessionOptions> options,
    IOptions<DialogueOptions> dialogue,
    TimeProvider time,
    ILogger<SessionGrain> logger) : Grain, ISessionGrain
{
    private readonly Dictionary<string, FinishedTurn> _finished = new(StringComparer.Ordinal);
    private SessionFacts? _session;
    private ImmutableArray<Constraint> _constraints = [];
    private ImmutableArray<string> _shown = [];
    private SessionDialogue _dialogue = new();
    private RunningTurn? _running;
    private RunningTurn? _failed;

    private string Tenant => tenant.Name;

    private string SessionId => GrainKey.Parse(this.GetPrimaryKeyString()).Id;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (await log.ReadSessionAsync(Tenant, SessionId, cancellationToken) is not { } history)
            return;
        _session = new SessionFacts(history.UserId, history.Opened.Seed, history.Opened.Context, history.OpenedAt, history.ClosedAt);
        foreach (var (_, record) in history.Turns)
            Remember(record);
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        try
        {
            if (_running is { } running)
                await DrainAsync(running, cancellationToken);
        }
        finally
        {
            // After the turn, which has had itself kept when it ended well.
            recent.Forget(this.GetPrimaryKeyString());
        }
    }

    public async Task<bool> Open(SessionOpening opening)
    {
        if (_session is null)
        {
            if (tenant.Missing is { } missing)
                throw new TenantNotServedException(missing);
            var seed = opening.Seed ?? TurnIdentity.SessionSeed(SessionId);
            var opened = await User(opening.UserId).RecordSession(new SessionOpened(SessionId, seed, opening.Context));
            if (opened is { } at)
                _session ??= new SessionFacts(opening.UserId, seed, opening.Context, at, null);
            else
                await OnActivateAsync(CancellationToken.None);
        }
        return _session is { } session && string.Equals(session.UserId, opening.UserId, StringComparison.Ordinal)
            && (opening.Seed is null || opening.Seed == session.Seed) && session.Context.SequenceEqual(opening.Context);
    }

    public async Task<TurnAdmission> Begin(TurnRequest request)
    {
        var digest = TurnIdentity.Digest(request);
        if (_session is not { } session)
            return Refused(TurnAdmissionStatus.UnknownSession);
        if (request.TurnId is { } turnId && Known(turnId, digest) is { } known)
            return known;
        if (session.ClosedAt is not null)
            return Refused(TurnAdmissionStatus.SessionClosed);
        if (_running is not null)
            return Refused(TurnAdmissionStatus.TurnInProgress);
        if (request.Answer is { } answer && !string.Equals(answer.QuestionId, _dialogue.Open?.Id, StringComparison.Ordinal))
            return Refused(TurnAdmissionStatus.UnknownQuestion, _dialogue.WhyNotOpen(answer.QuestionId));
        if (request.Protocol is { } protocol && !proposers.Names.Contains(protocol, StringComparer.Ordinal))
            return Refused(TurnAdmissionStatus.UnknownProtocol, $"Known protocols: {string.Join(", ", proposers.Names)}.");
        if (tenant.Missing is { } missing)
            return Refused(TurnAdmissionStatus.NotReady, missing);

        var number = _finished.Count + 1;
        var running = new RunningTurn(
            number, request.TurnId ?? TurnIdentity.TurnId(session.Seed, SessionId, number), request, digest, options.Value, time);
        // The guard closes before the first await: whoever comes meanwhile is refused.
        (_running, _failed) = (running, null);
        var policyName = request.Policy ?? options.Value.DefaultPolicy;
        RuleSet? policy = null;
        try
        {
            policy = await policies.FindNewestAsync(Tenant, policyName, CancellationToken.None);
        }
        finally
        {
            if (policy is null)
            {
                _running = null;
                running.Dispose();
            }
        }
        if (policy is null)
            return Refused(TurnAdmissionStatus.UnknownPolicy, "Put it first.");

        DelayDeactivation(TimeSpan.FromMilliseconds(options.Value.TurnTimeoutMilliseconds));
        running.Run = RunAsync(running, session, policy);
        return new TurnAdmission(TurnAdmissionStatus.Started, number, null);
    }

    public async Task<TurnEnding?> Complete(int turn, CancellationToken cancellationToken = default)
    {
        if (_running is { } running && running.Number == turn)
        {
            using var attendance = running.Attend();
            return await running.Ending.WaitAsync(cancellationToken);
        }
        if (_failed is { } failed && failed.Number == turn)
            return await failed.Ending;
        return await FinishedAsync(turn, cancellationToken) is { } record ? new TurnEnding(record.Result, null, null) : null;
    }

    public async IAsyncEnumerable<TurnEvent> Events(int turn, int after, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        if (_running is { } running && running.Number == turn)
        {
            using var attendance = running.Attend();
            await foreach (var turnEvent in running.Buffer.ReadAsync(after, cancellationToken))
                yield return turnEvent;
        }
        else
        {
            var trace = _failed is { } failed && failed.Number == turn
                ? failed.Buffer.Events
                : (await FinishedAsync(turn, cancellationToken))?.Trace ?? [];
            foreach (var turnEvent in trace.Where(one => one.Number > after))
                yield return turnEvent;
        }
    }

    public async Task<SessionView?> Describe()
    {
        if (_session is not { } session)
            return null;
        var history = _finished.Count == 0 ? null : await log.ReadSessionAsync(Tenant, SessionId, CancellationToken.None);
        return new SessionView(
            SessionId, session.UserId, session.OpenedAt, session.ClosedAt, session.Context, _constraints, _dialogue.Open, _running?.Number,
            history is null ? [] : [.. history.Turns.Select(turn => new SessionTurn(turn.At, turn.Record.Request, turn.Record.Result))]);
    }

    public async Task<bool> Close()
    {
        if (_session is not { } session)
            return false;
        if (session.ClosedAt is not null)
            return true;
        if (_running is { } running)
        {
            running.Cancel("the session was closed", TurnEnding.Closed);
            await running.Ending;
        }
        var closed = await User(session.UserId).RecordSession(new SessionClosed(SessionId));
        _session = session with { ClosedAt = closed };
        return true;
    }

    public async Task Forget()
    {
        _session = null;
        if (_running is { } running)
        {
            running.Cancel("its user was erased", TurnEnding.Closed);
            await running.Ending;
        }
        // After the turn: one that was recorded just before its user was erased has remembered itself.
        _finished.Clear();
        (_constraints, _shown, _dialogue, _failed) = ([], [], new SessionDialogue(), null);
        recent.Forget(this.GetPrimaryKeyString());
        DeactivateOnIdle();
    }

    private async Task DrainAsync(RunningTurn running, CancellationToken cancellationToken)
    {
        // A turn takes milliseconds: nearly all end before the session moves, the others are handed back.
        if (await Task.WhenAny(running.Ending, Task.Delay(TimeSpan.FromMilliseconds(options.Value.DrainMilliseconds), time, cancellationToken)) != running.Ending)
            running.Cancel("its session moves to another silo", TurnEnding.Interrupted);
        await running.Ending.WaitAsync(cancellationToken);
    }

    private async Task RunAsync(RunningTurn running, SessionFacts session, RuleSet policy)
    {
        TurnEnding ending;
        var began = Stopwatch.GetTimestamp();
        using var span = AgentActivities.Turn();
        AgentInstruments.TurnBegan();
        try
        {
            var (given, words) = Answered(running.Request);
            var reading = await tenant.Readers.ReadAsync(words, _shown);
            // Whoever waits sees at once that the turn runs, whatever it waits for then.
            running.Buffer.Append(TurnEventKind.Heard, JsonSerializer.Serialize(
                new { turn = running.Number, constraints = reading.Constraints, reading.NotUnderstood, answer = given?.Option }, DomainJson.Options));
            var read = await AdvisedAsync(running, session, words, reading);
            var heard = HeardTurn.Of(running.Request, read.Reading, _constraints, given, dialogue.Value.Questions);
            var seed = TurnIdentity.TurnSeed(session.Seed, running.Number);
            var plan = await PlanAsync(running, new PlanRequest(
                session.UserId, running.Number, running.TurnId, seed, heard.Request, heard.Constraints, policy.Name, policy.Version)
            {
                Wishes = heard.Wishes, MayAsk = heard.MayAsk, Asked = _dialogue.Asked, Evidence = _dialogue.Evidence(heard.Constraints, given),
            });
            ending = await CommitAsync(running, plan with
            {
                Result = plan.Result with { NotUnderstood = heard.NotUnderstood, Degraded = read.Missed is { } missed ? [missed, .. plan.Result.Degraded] : plan.Result.Degraded },
            });
        }
        catch (Exception exception)
        {
            ending = Failure(running, exception);
            running.Buffer.Append(TurnEventKind.Error, JsonSerializer.Serialize(new { code = ending.Failure, detail = ending.Detail }, DomainJson.Options));
        }
        var outcome = ending.Failure ?? (ending.Result!.Kind is TurnKind.Question ? "question" : "slate");
        AgentActivities.End(span, outcome);
        AgentInstruments.TurnEnded(Tenant, outcome, Stopwatch.GetElapsedTime(began), ending.Result);
        _running = null;
        // The events of a failed turn can be read until the next turn takes its number.
        _failed = ending.Failure is null ? null : running;
        running.End(ending);
        running.Dispose();
    }

    /// <summary>A reading, with what the language model made of what the grammar could not read.</summary>
    private async Task<AdvisedRequest> AdvisedAsync(RunningTurn running, SessionFacts session, string? words, RequestReading reading)
    {
        var advised = await advice.ReadAsync(
            new LanguageParty(Tenant, session.UserId, SessionId), words, reading, _constraints, reading.Quantity ?? running.Request.SlateSize, running.Token);
        if (advised.Told is { } told)
            running.Buffer.Append(TurnEventKind.ToolCall, JsonSerializer.Serialize(told, DomainJson.Options));
        return advised;
    }

    /// <summary>The option that a request chooses, and its words: an answer that is none of the options is in the user's own.</summary>
    private (AnswerGiven? Given, string? Words) Answered(TurnRequest request)
    {
        if (request.Answer is not { } answer || _dialogue.Open is not { } question)
            return (null, request.Message);
        return question.OptionOf(answer.Value) is >= 0 and var option
            ? (new AnswerGiven(question, option), request.Message)
            : (null, request.Message is null ? answer.Value : $"{answer.Value}. {request.Message}");
    }

    private async Task<PlanResult> PlanAsync(RunningTurn running, PlanRequest request)
    {
        var planner = GrainFactory.Find<IPlannerAgent>(this.GetPrimaryKeyString());
        await foreach (var step in planner.Plan(request, running.Token).WithCancellation(running.Token))
        {
            if (step.Result is { } result)
                return result;
            running.Buffer.Append(step.Kind, step.Data);
        }
        throw new InvalidOperationException("The planner ended without a result.");
    }

    private async Task<TurnEnding> CommitAsync(RunningTurn running, PlanResult plan)
    {
        running.Token.ThrowIfCancellationRequested();
        var kind = plan.Result.Kind is TurnKind.Question ? TurnEventKind.Question : TurnEventKind.Slate;
        var data = JsonSerializer.Serialize(plan.Result, DomainJson.Options);
        var last = new TurnEvent(running.Buffer.Events.Count + 1, kind, data);
        var record = new TurnRecord(SessionId, running.Digest, running.Request with { TurnId = running.TurnId }, plan.Result, [.. running.Buffer.Events, last]);
        var committed = await User(_session!.UserId).RecordTurn(new TurnCommit(record, plan.Result.CertificateId, plan.Certificate, plan.Window));
        if (committed is null)
        {
            // Another activation of this session has finished a turn meanwhile: what the log says counts.
            DeactivateOnIdle();
            throw new AgentUnavailableException("The turn is in the log already, written by another activation of the session.");
        }
        Remember(record);
        recent.Keep(this.GetPrimaryKeyString(), record);
        running.Buffer.Append(kind, data);
        return new TurnEnding(plan.Result, null, null);
    }

    private TurnEnding Failure(RunningTurn running, Exception exception)
    {
        // Not the turn's fault but of what it ran on: nothing is known to be recorded, and it may be repeated.
        if (running.CancelledAs is TurnEnding.Interrupted || exception is TimeoutException or OrleansException or EnumerationAbortedException)
        {
            LogTurnInterrupted(exception, running.Number);
            return new TurnEnding(null, TurnEnding.Interrupted, "The turn was interrupted; repeat it under the same turn id.");
        }
        if (running.Token.IsCancellationRequested)
        {
            return running.CancelledBecause is { } because
                ? new TurnEnding(null, running.CancelledAs, $"The turn was cancelled: {because}.")
                : new TurnEnding(null, "timeout", $"The turn took longer than {options.Value.TurnTimeoutMilliseconds} ms.");
        }
        LogTurnFailed(exception, running.Number);
        return new TurnEnding(null, "internal", "The turn failed; nothing was recorded. It may be repeated under the same turn id.");
    }

    private void Remember(TurnRecord record)
    {
        _finished[record.Result.TurnId] = new FinishedTurn(record.Result.Turn, record.RequestDigest);
        _constraints = record.Result.Constraints;
        _dialogue.Remember(record);
        if (record.Result.Slate is { } slate)
            _shown = [.. slate.Items.Select(item => item.ItemId)];
    }

    private TurnAdmission? Known(string turnId, string digest)
    {
        (int Number, string Digest)? known = _finished.TryGetValue(turnId, out var finished) ? (finished.Number, finished.Digest)
            : _running is { } running && string.Equals(running.TurnId, turnId, StringComparison.Ordinal) ? (running.Number, running.Digest)
            : null;
        if (known is not { } turn)
            return null;
        return string.Equals(turn.Digest, digest, StringComparison.Ordinal)
            ? new TurnAdmission(TurnAdmissionStatus.Known, turn.Number, null)
            : Refused(TurnAdmissionStatus.ContentConflict);
    }

    private async ValueTask<TurnRecord?> FinishedAsync(int turn, CancellationToken cancellationToken)
    {
        if (turn < 1 || turn > _finished.Count)
            return null;
        if (recent.Find(this.GetPrimaryKeyString(), turn) is { } last)
            return last;
        var history = await log.ReadSessionAsync(Tenant, SessionId, cancellationToken);
        var finished = history?.Turns.Select(one => one.Record).FirstOrDefault(record => record.Result.Turn == turn);
        // Who asks for the last turn once may ask again.
        if (finished is not null && turn == _finished.Count)
            recent.Keep(this.GetPrimaryKeyString(), finished);
        return finished;
    }

    private IUserAgent User(string userId) => GrainFactory.Find<IUserAgent>(GrainKey.User(Tenant, userId));

    private static TurnAdmission Refused(TurnAdmissionStatus status, string? detail = null) => new(status, 0, detail);

    private sealed record SessionFacts(
        string UserId, ulong Seed, ImmutableSortedDictionary<string, string> Context, DateTimeOffset OpenedAt, DateTimeOffset? ClosedAt);

    private sealed record FinishedTurn(int Number, string Digest);
}
