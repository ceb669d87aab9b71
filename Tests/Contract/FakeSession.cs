using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Sessions;

namespace AgentRec.Tests.Contract;

/// <summary>A session whose turns do what their message says: <c>hold</c>, <c>fail:CODE</c>, <c>break</c>, <c>lose</c>, <c>not ready</c>, <c>ask</c>.</summary>
internal sealed class FakeSession(FakeCluster cluster, string id)
{
    public static readonly DateTimeOffset Opened = new(2024, 5, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly List<FakeTurn> turns = [];
    private SessionOpening? opening;
    private bool closed;

    public Task<bool> Open(SessionOpening opening)
    {
        cluster.MayFail();
        this.opening ??= opening;
        return Task.FromResult(this.opening.UserId == opening.UserId);
    }

    public Task<TurnAdmission> Begin(TurnRequest request)
    {
        cluster.MayFail();
        if (opening is null)
            return Refuse(TurnAdmissionStatus.UnknownSession);
        if (request.TurnId is not null && turns.FindIndex(turn => turn.Request.TurnId == request.TurnId && !turn.Lost) is >= 0 and var known)
        {
            return Same(turns[known].Request, request)
                ? Task.FromResult(new TurnAdmission(TurnAdmissionStatus.Known, known + 1, null))
                : Refuse(TurnAdmissionStatus.ContentConflict);
        }
        if (closed)
            return Refuse(TurnAdmissionStatus.SessionClosed);
        if (request.Policy is "absent")
            return Refuse(TurnAdmissionStatus.UnknownPolicy);
        if (request.Protocol is "absent")
            return Refuse(TurnAdmissionStatus.UnknownProtocol);
        if (request.Answer is { } answer && (turns.Count == 0 || turns[^1].Asked?.Id != answer.QuestionId))
            return Task.FromResult(new TurnAdmission(TurnAdmissionStatus.UnknownQuestion, 0, "The session has moved on."));
        if (request.Message is "not ready")
            return Refuse(TurnAdmissionStatus.NotReady);
        if (turns.Exists(turn => !turn.Ended.Task.IsCompleted))
            return Refuse(TurnAdmissionStatus.TurnInProgress);
        turns.Add(new FakeTurn(turns.Count + 1, request, lost: request.Message is "lose" && turns.Count == 0));
        return Task.FromResult(new TurnAdmission(TurnAdmissionStatus.Started, turns.Count, null));
    }

    public async Task<TurnEnding?> Complete(int turn, CancellationToken cancellationToken = default)
    {
        cluster.MayFail();
        return turn > turns.Count || turns[turn - 1].Lost ? null : await turns[turn - 1].Ended.Task.WaitAsync(cancellationToken);
    }

    public async IAsyncEnumerable<TurnEvent> Events(int turn, int after, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        if (turn < 1 || turn > turns.Count)
            yield break;
        foreach (var turnEvent in turns[turn - 1].Events.Where(turnEvent => turnEvent.Number > after))
        {
            if (turnEvent.Number == 3 && turns[turn - 1].BreakOnce())
                throw new EnumerationAbortedException("the silo went away");
            if (turnEvent.IsLast)
                await turns[turn - 1].Ended.Task.WaitAsync(cancellationToken);
            yield return turnEvent;
        }
    }

    public Task<SessionView?> Describe()
    {
        cluster.MayFail();
        return Task.FromResult(opening is null ? null : new SessionView(
            id, opening.UserId, Opened, closed ? Opened.AddMinutes(5) : null, opening.Context, [], null, null,
            [.. turns.Where(turn => turn.Ended.Task is { IsCompleted: true, Result.Result: not null })
                .Select(turn => new SessionTurn(Opened.AddMinutes(1), turn.Request, turn.Ended.Task.Result.Result!))]));
    }

    public Task<bool> Close()
    {
        cluster.MayFail();
        closed |= opening is not null;
        foreach (var turn in turns)
            turn.Ended.TrySetResult(new(null, "cancelled", null));
        return Task.FromResult(opening is not null);
    }

    private static bool Same(TurnRequest one, TurnRequest other) =>
        one with { Constraints = [] } == other with { Constraints = [] } && one.Constraints.SequenceEqual(other.Constraints);

    private static Task<TurnAdmission> Refuse(TurnAdmissionStatus status) => Task.FromResult(new TurnAdmission(status, 0, null));

    private sealed class FakeTurn
    {
        private bool breaks;

        public FakeTurn(int number, TurnRequest request, bool lost)
        {
            Request = request;
            Lost = lost;
            breaks = request.Message is "break";
            Events =
            [
                new(1, TurnEventKind.Plan, """{"steps":2}"""), new(2, TurnEventKind.ToolCall, """{"tool":"vectors"}"""),
                request.Message is "ask" ? new(3, TurnEventKind.Question, "{}") : new(3, TurnEventKind.Slate, "{\"items\":\n[]}"),
            ];
            if (lost)
                Ended.SetResult(new(null, "internal", null));
            else if (request.Message is ['f', 'a', 'i', 'l', ':', .. var failure])
                Ended.SetResult(new(null, failure, null));
            else if (request.Message is not "hold")
                Ended.SetResult(new(Result(number, request), null, null));
        }

        public TurnRequest Request { get; }

        public Question? Asked => Ended.Task is { IsCompleted: true, Result.Result.Question: { } question } ? question : null;

        public bool Lost { get; }

        public ImmutableArray<TurnEvent> Events { get; }

        public TaskCompletionSource<TurnEnding> Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool BreakOnce()
        {
            var now = breaks;
            breaks = false;
            return now;
        }

        private static TurnResult Result(int number, TurnRequest request) => request.Message is "ask" ? Question(number, request) : new(
            number,
            request.TurnId ?? $"t-{number}",
            TurnKind.Slate,
            new Slate([new SlateItem("a/b", "A Title", 1, 0.75, ["content"], new Explanation("Because.", [new Evidence(EvidenceKind.History, "x", null, null, "You liked x.")]))]),
            null,
            "c-1",
            new NegotiationSummary("concession", NegotiationOutcome.Agreed, false, 1, 1, []),
            request.Constraints,
            [],
            [],
            ImmutableSortedDictionary<string, double>.Empty.Add("total", 1.5));

        private static TurnResult Question(int number, TurnRequest request)
        {
            ImmutableArray<OptionMeaning> meanings =
            [
                new("Comedy", [new Constraint("genre", ConstraintOperator.Eq, ["Comedy"], ConstraintStrength.Soft, "What genre? Comedy")]), new("No preference", []),
            ];
            return new(
                number, request.TurnId ?? $"t-{number}", TurnKind.Question, null, new Question("q-1", "What genre?", ["Comedy", "No preference"], "genre", null, meanings),
                null, null, [], [], [], ImmutableSortedDictionary<string, double>.Empty);
        }
    }
}
