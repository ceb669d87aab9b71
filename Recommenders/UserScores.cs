using System.Buffers;
using System.Collections.Immutable;
using AgentRec.Recommenders.Blending;
using AgentRec.Recommenders.Ranking;

namespace AgentRec.Recommenders;

/// <summary>One user's scores of the whole catalogue. They depend on user and item only, never on which items are candidates.</summary>
public sealed class UserScores
{
    private readonly Catalogue catalogue;
    private readonly Calibration calibration;
    private readonly float[] raw;

    internal UserScores(Catalogue catalogue, Calibration calibration, float[] raw)
    {
        this.catalogue = catalogue;
        this.calibration = calibration;
        this.raw = raw;
    }

    /// <summary>What the scorers say of the best items; null where it was not asked for.</summary>
    internal BestParts? Parts { get; init; }

    /// <summary>The candidates that the ranking model has yet to score; null where there is no such model, or it has spoken.</summary>
    public RankingCase? Case { get; private init; }

    /// <summary>The best items that nobody has taken to yet, by what they borrow, best first.</summary>
    internal int[] Newcomers { get; init; } = [];

    /// <summary>The number of items; handles are 0 to <c>Count - 1</c>.</summary>
    public int Count => raw.Length;

    /// <summary>The raw scores by handle.</summary>
    public ReadOnlySpan<float> Raw => raw;

    /// <summary>
    /// The same scores with the ranking model's in place of the blend's for its candidates. Raw scores are log-odds from here
    /// on, so that those of both compare.
    /// </summary>
    /// <param name="scores">The ranking model's scores of <see cref="Case"/>.</param>
    /// <exception cref="InvalidOperationException">There is nothing to rank.</exception>
    public UserScores Ranked(ReadOnlySpan<float> scores)
    {
        if (Case is null)
            throw new InvalidOperationException("These scores hold no case for a ranking model: prepare them with a model that has one.");
        var odds = new float[raw.Length];
        for (var handle = 0; handle < odds.Length; handle++)
            odds[handle] = calibration.LogOdds(raw[handle]);
        Case.Write(scores, odds);
        return new UserScores(catalogue, Calibration.OfLogOdds, odds) { Parts = Parts, Newcomers = Newcomers };
    }

    /// <summary>The calibrated relevance of an item.</summary>
    /// <param name="handle">The item.</param>
    public double Relevance(int handle) => calibration.Relevance(raw[handle]);

    /// <summary>The same scores with a case for the ranking model.</summary>
    /// <param name="unranked">The case.</param>
    internal UserScores With(RankingCase unranked) => new(catalogue, calibration, raw) { Parts = Parts, Newcomers = Newcomers, Case = unranked };

    /// <summary>All handles in the order in which they are nominated (see <see cref="NominationOrder"/>).</summary>
    /// <param name="history">What the user took to.</param>
    public int[] Nominated(UserHistory history) => NominationOrder.Of(Falling(), Newcomers, history);

    /// <summary>All handles, the greatest raw score first; ties by a hash of the handle.</summary>
    public int[] Falling() => Falling(raw);

    /// <summary>All handles, the greatest score first; ties by a hash of the handle.</summary>
    /// <param name="raw">Scores by handle.</param>
    internal static int[] Falling(ReadOnlySpan<float> raw)
    {
        var (places, handles) = (ArrayPool<FallingOrder.Place>.Shared.Rent(raw.Length), new int[raw.Length]);
        FallingOrder.Sort(raw, places.AsSpan(0, raw.Length));
        for (var start = 0; start < handles.Length;)
        {
            var end = start;
            for (; end < handles.Length && places[end].Key == places[start].Key; end++)
                handles[end] = places[end].Handle;
            if (end - start > 1)
                handles.AsSpan(start..end).Sort(static (one, other) => Tie(one).CompareTo(Tie(other)));
            start = end;
        }
        ArrayPool<FallingOrder.Place>.Shared.Return(places);
        return handles;

        static uint Tie(int handle) => (uint)StableHash.Of(0, (ulong)handle);
    }

    /// <summary>An item with its scores.</summary>
    /// <param name="handle">The item.</param>
    public ScoredItem this[int handle] => new(handle, raw[handle], Relevance(handle));

    /// <summary>
    /// The best items in the canonical order: relevance, then raw score, both falling, then a seeded hash of the id. (Relevance
    /// increases strictly with the raw score, so the raw score alone decides the first two.)
    /// </summary>
    /// <param name="count">How many; fewer are returned where fewer remain.</param>
    /// <param name="seed">The seed of the hash.</param>
    /// <param name="excluded">Which handles to leave out; none when null.</param>
    public ImmutableArray<ScoredItem> Top(int count, ulong seed, Func<int, bool>? excluded = null)
    {
        if (count <= 0)
            return [];
        // The heap's root is the worst item kept; most items never pass it.
        var order = new RawOrder(catalogue, raw, seed);
        var kept = new PriorityQueue<int, int>(Math.Min(count, raw.Length) + 1, order);
        for (var handle = 0; handle < raw.Length; handle++)
        {
            if (kept.Count == count && raw[handle] < raw[kept.Peek()])
                continue;
            if (excluded is not null && excluded(handle))
                continue;
            if (kept.Count < count)
                kept.Enqueue(handle, handle);
            else
                kept.EnqueueDequeue(handle, handle);
        }
        var best = new ScoredItem[kept.Count];
        for (var place = best.Length - 1; place >= 0; place--)
            best[place] = this[kept.Dequeue()];
        return [.. best];
    }

    // Worst first.
    private sealed class RawOrder(Catalogue catalogue, float[] raw, ulong seed) : IComparer<int>
    {
        public int Compare(int x, int y)
        {
            var order = raw[x].CompareTo(raw[y]);
            if (order != 0)
                return order;
            var (left, right) = (catalogue.Item(x).ItemId, catalogue.Item(y).ItemId);
            order = StableHash.Of(seed, right).CompareTo(StableHash.Of(seed, left));
            return order != 0 ? order : string.CompareOrdinal(right, left);
        }
    }
}
