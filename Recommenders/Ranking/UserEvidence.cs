using System.Buffers;
using System.Numerics.Tensors;
using AgentRec.Recommenders.Blending;
using AgentRec.Recommenders.Scorers;

namespace AgentRec.Recommenders.Ranking;

/// <summary>
/// The features of candidates for one user: what the other tools say of user and item, and what the user's last items, taste
/// and time have in common with the item's. A row depends on user and item alone, never on which other items are candidates,
/// and on nothing later than the user's last item but through the scorers.
/// </summary>
internal sealed class UserEvidence : IDisposable
{
    private const int Last = 10;
    private const int Near = 3;
    private const int FollowerKinds = 5;
    private const double Day = 86_400_000;
    private const double MillisecondsPerYear = 31_557_600_000;

    private readonly RankingEvidence _items;
    private readonly Borrowing _borrowing;
    private readonly int[] _last;
    private readonly long _now;
    private readonly int _trained;
    private readonly float[] _followers;
    private readonly float[] _shares, _lastShares;
    private readonly float _logLength, _logSpan, _logBurst, _popularity, _lastPopularity, _year, _yearSpread, _lastYear;

    /// <summary>Reads a history.</summary>
    /// <param name="items">The item side.</param>
    /// <param name="borrowing">What items of few positives borrow of the scorers' opinions.</param>
    /// <param name="history">What the user took to, at least one item.</param>
    public UserEvidence(RankingEvidence items, Borrowing borrowing, UserHistory history)
    {
        (_items, _borrowing) = (items, borrowing);
        _last = [.. history.Items.AsSpan()[Math.Max(0, history.Count - Last)..]];
        Array.Reverse(_last);
        _now = history.Times[^1];
        _trained = items.NextItems.Count;
        _followers = ArrayPool<float>.Shared.Rent(FollowerKinds * _trained);
        Follow();
        (_shares, _lastShares) = (items.Facets.Shares(history.Items.AsSpan()), items.Facets.Shares(_last));
        _logLength = MathF.Log(history.Count);
        _logSpan = (float)Math.Log(1 + ((_now - history.Times[0]) / Day));
        _logBurst = (float)Math.Log(1 + ((_now - history.Times[Math.Max(0, history.Count - Last)]) / 60_000.0));
        _popularity = Mean(history.Items.AsSpan(), items.LogCounts);
        _lastPopularity = Mean(_last, items.LogCounts);
        (_year, _yearSpread) = Years(history.Items.AsSpan());
        _lastYear = Years(_last).Mean;
    }

    // What follows the last item, the last three and the last ten, by item.
    private Span<float> After1 => Followers(0);

    private Span<float> After3 => Followers(1);

    private Span<float> After10 => Followers(2);

    // The same, of what comes immediately after.
    private Span<float> Next1 => Followers(3);

    private Span<float> Next3 => Followers(4);

    /// <summary>The names of the features, in the order of a row.</summary>
    /// <param name="scorers">The scorers.</param>
    public static string[] Names(IEnumerable<IScorer> scorers) =>
    [
        "blend", .. scorers.Select(scorer => $"scorer:{scorer.Name}"),
        "popularity", "popularityThen", "popularityMonth", "popularityYear", "trend", "unseen", "age", "idle",
        "factorsLast", "factorsNearest3", "factorsNearest10", "factorsMean10", "contentLast", "contentNearest3", "contentNearest10", "contentMean10",
        "after1", "after3", "after10", "after1Rare", "after10Rare", "next1", "next3",
        "popularityTaste", "popularityTaste10", "popularityDistance10", "yearTaste", "yearDistance10", "yearsOld",
        "coarseTaste", "coarseLeast", "coarseTaste10", "fineTaste", "fineTaste10",
        "historyLength", "historySpan", "historyBurst", "historyPopularity",
    ];

    /// <summary>The rows of items.</summary>
    /// <param name="items">The items.</param>
    /// <param name="blend">The raw scores in the blend, by handle.</param>
    /// <param name="parts">What the scorers say, parallel to the scorers.</param>
    /// <returns>Features, row-major [items, features].</returns>
    public float[] Rows(ReadOnlySpan<int> items, float[] blend, ScorePart[] parts)
    {
        var width = _items.Features.Length;
        var rows = new float[items.Length * width];
        for (var i = 0; i < items.Length; i++)
            Write(items[i], blend[items[i]], parts, rows.AsSpan(i * width, width));
        return rows;
    }

    /// <summary>Hands rented memory back; no row can be made any more.</summary>
    public void Dispose() => ArrayPool<float>.Shared.Return(_followers);

    /// <summary>Writes the row of an item.</summary>
    /// <param name="item">The item.</param>
    /// <param name="blend">Its raw score in the blend.</param>
    /// <param name="parts">What the scorers say, parallel to the scorers.</param>
    /// <param name="row">Receives the features.</param>
    private void Write(int item, float blend, ScorePart[] parts, Span<float> row)
    {
        var writer = new RowWriter(row);
        writer.Add(blend);
        foreach (var part in parts)
            writer.Add(_borrowing.Of(item, part.Scaled));
        WritePopularity(item, ref writer);
        WriteSimilarity(item, ref writer);
        WriteTransitions(item, ref writer);
        WriteTaste(item, ref writer);
        writer.Add(_logLength);
        writer.Add(_logSpan);
        writer.Add(_logBurst);
        writer.Add(_popularity);
        writer.End();
    }

    private void WritePopularity(int item, ref RowWriter writer)
    {
        var past = _items.Times.Before(item, _now);
        writer.Add(_items.LogCounts[item]);
        writer.Add(MathF.Log(1 + past.Count));
        writer.Add(MathF.Log(1 + past.Month));
        writer.Add(MathF.Log(1 + past.Year));
        writer.Add(MathF.Log((past.Month + 0.1f) / (past.Year + 1)));
        writer.Add(past.Count == 0 ? 1 : 0);
        writer.Add(MathF.Log(1 + past.AgeDays));
        writer.Add(MathF.Log(1 + past.IdleDays));
    }

    private void WriteSimilarity(int item, ref RowWriter writer)
    {
        Span<float> similarities = stackalloc float[_last.Length];
        similarities.Clear();
        if (_items.Factors is { } factors && item < factors.ItemCount)
            FactorCosines(factors, item, similarities);
        WriteNearest(similarities, _items.Factors is null || item >= _items.Factors.ItemCount, ref writer);
        if (_items.Content is { } content)
        {
            var own = content.Vector(item);
            for (var k = 0; k < similarities.Length; k++)
                similarities[k] = TensorPrimitives.Dot(own, content.Vector(_last[k]));
        }
        WriteNearest(similarities, _items.Content is null, ref writer);
    }

    private static void WriteNearest(scoped ReadOnlySpan<float> similarities, bool isUnknown, ref RowWriter writer)
    {
        var (nearest3, nearest10, sum) = (-1f, -1f, 0f);
        for (var k = 0; k < similarities.Length; k++)
        {
            nearest3 = k < Near ? Math.Max(nearest3, similarities[k]) : nearest3;
            nearest10 = Math.Max(nearest10, similarities[k]);
            sum += similarities[k];
        }
        writer.Add(isUnknown ? 0 : similarities[0]);
        writer.Add(isUnknown ? 0 : nearest3);
        writer.Add(isUnknown ? 0 : nearest10);
        writer.Add(isUnknown ? 0 : sum / similarities.Length);
    }

    private void WriteTransitions(int item, ref RowWriter writer)
    {
        var rarity = 1 / MathF.Sqrt(1 + _items.Count(item));
        var known = item < _trained;
        writer.Add(known ? MathF.Log(1 + After1[item]) : 0);
        writer.Add(known ? MathF.Log(1 + After3[item]) : 0);
        writer.Add(known ? MathF.Log(1 + After10[item]) : 0);
        writer.Add(known ? After1[item] * rarity : 0);
        writer.Add(known ? After10[item] * rarity : 0);
        writer.Add(known ? MathF.Log(1 + Next1[item]) : 0);
        writer.Add(known ? MathF.Log(1 + Next3[item]) : 0);
    }

    private void WriteTaste(int item, ref RowWriter writer)
    {
        var popularity = _items.LogCounts[item];
        writer.Add(popularity - _popularity);
        writer.Add(popularity - _lastPopularity);
        writer.Add(Math.Abs(popularity - _lastPopularity));
        var year = _items.Years[item];
        writer.Add(year > 0 && _year > 0 ? (year - _year) / _yearSpread : 0);
        writer.Add(year > 0 && _lastYear > 0 ? Math.Abs(year - _lastYear) / 10 : 0);
        writer.Add(year > 0 && _now > 0 ? (float)(1970 + (_now / MillisecondsPerYear) - year) : 0);
        var coarse = _items.Facets.Coarse(item);
        var fine = _items.Facets.Fine(item);
        writer.Add(Mean(coarse, _shares));
        writer.Add(Least(coarse, _shares));
        writer.Add(Mean(coarse, _lastShares));
        writer.Add(Mean(fine, _shares));
        writer.Add(Mean(fine, _lastShares));
    }

    private void Follow()
    {
        _followers.AsSpan(0, FollowerKinds * _trained).Clear();
        for (var k = 0; k < _last.Length; k++)
        {
            if (_last[k] >= _trained)
                continue;
            if (k == 0)
                _items.NextItems.Add(_last[k], 1, Next1);
            if (k < Near)
                _items.NextItems.Add(_last[k], 1, Next3);
            if (_items.Sequence is not { } sequence)
                continue;
            var weight = 1 / MathF.Sqrt(1 + _items.Count(_last[k]));
            if (k == 0)
                sequence.Transitions.Add(_last[k], weight, After1);
            if (k < Near)
                sequence.Transitions.Add(_last[k], weight, After3);
            sequence.Transitions.Add(_last[k], weight, After10);
        }
    }

    private Span<float> Followers(int kind) => _followers.AsSpan(kind * _trained, _trained);

    private void FactorCosines(ImplicitAlsScorer factors, int item, Span<float> cosines)
    {
        var own = factors.Factor(item);
        for (var k = 0; k < cosines.Length; k++)
        {
            if (_last[k] >= factors.ItemCount)
                continue;
            var lengths = _items.FactorNorms[item] * _items.FactorNorms[_last[k]];
            cosines[k] = lengths > 1e-9f ? TensorPrimitives.Dot(own, factors.Factor(_last[k])) / lengths : 0;
        }
    }

    private (float Mean, float Spread) Years(ReadOnlySpan<int> items)
    {
        var (sum, squares, known) = (0.0, 0.0, 0);
        foreach (var item in items)
        {
            double year = _items.Years[item];
            if (year <= 0)
                continue;
            (sum, squares, known) = (sum + year, squares + (year * year), known + 1);
        }
        if (known == 0)
            return (0, 1);
        var mean = sum / known;
        // Of one item's year it is unknown how far others may lie from it.
        return ((float)mean, known == 1 ? 10 : (float)(2 + Math.Sqrt(Math.Max(0, (squares / known) - (mean * mean)))));
    }

    private static float Mean(ReadOnlySpan<int> places, float[] values)
    {
        var sum = 0f;
        foreach (var place in places)
            sum += values[place];
        return places.IsEmpty ? 0 : sum / places.Length;
    }

    private static float Least(ReadOnlySpan<int> places, float[] values)
    {
        var least = float.PositiveInfinity;
        foreach (var place in places)
            least = Math.Min(least, values[place]);
        return places.IsEmpty ? 0 : least;
    }

    /// <summary>Fills a row from left to right.</summary>
    private ref struct RowWriter(Span<float> row)
    {
        private readonly Span<float> _row = row;
        private int _next;

        public void Add(float value) => _row[_next++] = value;

        public readonly void End()
        {
            if (_next != _row.Length)
                throw new InvalidOperationException($"A row of {_row.Length} features was filled with {_next}: names and features must go together.");
        }
    }
}
