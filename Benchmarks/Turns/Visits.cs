using System.Collections.Concurrent;

namespace AgentRec.Benchmarks.Turns;

/// <summary>
/// Hands sessions to loops as visitors come and go: a loop takes the session that has rested longest, takes some turns in it, and
/// goes on to the next. So most turns find what the node keeps of a user, and a part of them does not.
/// </summary>
/// <param name="sessions">The sessions, one of each user; at least as many as there are loops.</param>
/// <param name="loops">The greatest number of loops.</param>
internal sealed class Visits(IEnumerable<string> sessions, int loops)
{
    /// <summary>How many turns a visit has.</summary>
    public const int Turns = 4;

    private readonly ConcurrentQueue<string> _resting = new(sessions);
    private readonly (string? Session, int Left)[] _visits = new (string?, int)[loops];

    /// <summary>The session of a loop's next turn.</summary>
    /// <param name="loop">The loop's number.</param>
    public string Next(int loop)
    {
        ref var visit = ref _visits[loop];
        if (visit.Left == 0)
        {
            if (!_resting.TryDequeue(out var next))
                throw new BenchmarkFailure("There are fewer sessions than loops.");
            if (visit.Session is { } last)
                _resting.Enqueue(last);
            visit = (next, Turns);
        }
        visit.Left--;
        return visit.Session!;
    }

    /// <summary>Sessions that no loop holds, those that have rested longest first.</summary>
    /// <param name="count">How many.</param>
    public string[] Idle(int count) => [.. _resting.Take(count)];
}
