using AgentRec.Cli.Load;

namespace AgentRec.Tests.Unit.Load;

public sealed class OpenLoopTests
{
    private static readonly RequestEnding Done = new("200", Succeeded: true);
    private static readonly ArrivalSchedule HundredASecond = new(100, TimeSpan.FromSeconds(4));

    [Theory]
    [InlineData(100, 4, 400)]
    [InlineData(0.5, 3, 1)]
    [InlineData(3, 0, 0)]
    [InlineData(0.1, 30, 3)]
    public void Schedule_OfARate_HasSoManyRequestsAtEvenDistances(double rate, double seconds, long count)
    {
        var schedule = new ArrivalSchedule(rate, TimeSpan.FromSeconds(seconds));

        Assert.Equal(count, schedule.Count);
        Assert.Equal(TimeSpan.Zero, schedule.At(0));
        Assert.Equal(TimeSpan.FromSeconds(7 / rate), schedule.At(7));
        Assert.True(count == 0 || schedule.At(count - 1) < schedule.Duration);
    }

    [Fact]
    public async Task Run_OfAQuickServer_StartsEveryRequestWhenItIsDue()
    {
        var clock = new JumpingClock();
        var starts = new List<TimeSpan>();

        var tally = await RunAsync(clock, 1, () =>
        {
            starts.Add(clock.Now);
            return Task.FromResult(Done);
        });

        Assert.Equal(Enumerable.Range(0, 400).Select(i => TimeSpan.FromMilliseconds(10 * i)), starts);
        var figures = tally.Figures(HundredASecond);
        Assert.Equal((400, 400, 0, 0), (figures.All.Offered, figures.All.Succeeded, figures.All.Failed, figures.All.NotStarted));
        Assert.Equal(0.001, figures.All.Latency!.Greatest);
        Assert.Equal(0.001, figures.StartedLate!.Greatest);
    }

    [Fact]
    public async Task Run_OfAServerThatStallsForASecond_ChargesItWithTheWaitsOfAllWhoCameMeanwhile()
    {
        var clock = new JumpingClock();
        var server = new StallingServer(clock, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), Done);

        var tally = await RunAsync(clock, 1_000, server.SendAsync);

        // 100 of 400 requests came during the stall and waited 1000, 990, ... 10 ms. A closed loop would have seen a single slow one.
        var latency = tally.Figures(HundredASecond).All.Latency!;
        Assert.Equal(0.001, latency.P50);
        Assert.InRange(latency.P90, 599, 601);
        Assert.InRange(latency.P95, 799, 801);
        Assert.InRange(latency.P99, 959, 961);
        Assert.InRange(latency.Greatest, 1_000, 1_001);
        Assert.Equal(400, tally.Figures(HundredASecond).All.Succeeded);
    }

    [Fact]
    public async Task Run_OfAFullPipe_CountsWhatCouldNotStart()
    {
        var clock = new JumpingClock();
        var server = new StallingServer(clock, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), new RequestEnding("503", Succeeded: false));

        var tally = await RunAsync(clock, 20, server.SendAsync);

        var figures = tally.Figures(HundredASecond).All;
        Assert.Equal((400, 300, 20, 80), (figures.Offered, figures.Succeeded, figures.Failed, figures.NotStarted));
        Assert.Equal(KeyValuePair.Create("503", 20L), Assert.Single(figures.Errors));
        // What failed is counted, and not among the latencies of what succeeded.
        Assert.Equal(0.001, figures.Latency!.Greatest);
    }

    [Fact]
    public async Task Run_WhoseGeneratorFails_FailsWithIt() =>
        await Assert.ThrowsAsync<InvalidOperationException>(() => RunAsync(new JumpingClock(), 10, () => throw new InvalidOperationException("no such thing")));

    // Outside the tests' own synchronisation context, which would let continuations wait.
    private static Task<LoadTally> RunAsync(JumpingClock clock, int inFlight, Func<Task<RequestEnding>> send) => Task.Run(() =>
        new OpenLoop(clock, inFlight).RunAsync(HundredASecond, () => RequestKind.Turn, (_, _) => send(), default));

    // Answers at once, but for a while: who asks then is answered at its end. Each waits for a task of its own, whose one continuation
    // runs as it ends. Of the many of a single task all but one would go to the thread pool, and the clock would move on before them.
    private sealed class StallingServer
    {
        private readonly JumpingClock _clock;
        private readonly TimeSpan _from;
        private readonly TimeSpan _to;
        private readonly List<TaskCompletionSource<RequestEnding>> _waiting = [];

        public StallingServer(JumpingClock clock, TimeSpan from, TimeSpan to, RequestEnding ending)
        {
            (_clock, _from, _to) = (clock, from, to);
            clock.At(to, () => _waiting.ForEach(waiting => waiting.SetResult(ending)));
        }

        public Task<RequestEnding> SendAsync()
        {
            if (_clock.Now < _from || _clock.Now >= _to)
                return Task.FromResult(Done);
            var waiting = new TaskCompletionSource<RequestEnding>();
            _waiting.Add(waiting);
            return waiting.Task;
        }
    }
}
