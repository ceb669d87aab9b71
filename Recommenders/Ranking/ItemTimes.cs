using System.Collections.Immutable;

namespace AgentRec.Recommenders.Ranking;

/// <summary>
/// When items were taken to. It answers as of a moment: what came later is not looked at, so that an example of the past sees
/// of popularity what could be seen then.
/// </summary>
internal sealed class ItemTimes
{
    /// <summary>After how many days a positive counts half, for each of the two decayed counts.</summary>
    public const double MonthDays = 30, YearDays = 365;

    private const double Day = 86_400_000;
    private readonly int[] _starts;
    private readonly long[] _times;
    private readonly float[] _months;
    private readonly float[] _years;

    /// <summary>Takes over times.</summary>
    /// <param name="starts">Where each item's times start, with the total at the end.</param>
    /// <param name="times">Unix milliseconds, item after item, each item's ascending.</param>
    public ItemTimes(int[] starts, long[] times)
    {
        (_starts, _times) = (starts, times);
        (_months, _years) = (Decayed(MonthDays), Decayed(YearDays));
    }

    /// <summary>Where each item's times start, with the total at the end.</summary>
    public ReadOnlySpan<int> Starts => _starts;

    /// <summary>Unix milliseconds, item after item, each item's ascending.</summary>
    public ReadOnlySpan<long> Times => _times;

    /// <summary>Collects the times of the positives.</summary>
    /// <param name="data">The training data.</param>
    public static ItemTimes Of(TrainingData data)
    {
        var starts = new int[data.ItemCount + 1];
        for (var item = 0; item < data.ItemCount; item++)
            starts[item + 1] = starts[item] + data.PositiveCounts[item];
        var times = new long[starts[^1]];
        var next = starts.AsSpan(0, data.ItemCount).ToArray();
        foreach (var user in data.Users)
        {
            for (var i = 0; i < user.Count; i++)
                times[next[user.Items[i]]++] = user.Times[i];
        }
        for (var item = 0; item < data.ItemCount; item++)
            Array.Sort(times, starts[item], starts[item + 1] - starts[item]);
        return new ItemTimes(starts, times);
    }

    /// <summary>What is known of an item at a moment.</summary>
    /// <param name="item">The item; one that came after training was never taken to.</param>
    /// <param name="now">The moment, Unix milliseconds; positives of this very millisecond count.</param>
    public ItemPast Before(int item, long now)
    {
        if (item >= _starts.Length - 1)
            return default;
        var (start, end) = (_starts[item], _starts[item + 1]);
        var found = _times.AsSpan(start, end - start).BinarySearch(new AfterAll(now));
        var count = ~found;
        if (count == 0)
            return default;
        var last = start + count - 1;
        var idle = (now - _times[last]) / Day;
        return new ItemPast(
            count, (float)(_months[last] * Math.Pow(2, -idle / MonthDays)), (float)(_years[last] * Math.Pow(2, -idle / YearDays)),
            (float)((now - _times[start]) / Day), (float)idle);
    }

    // Sum of 2^(-age / half-life) right after each positive of an item.
    private float[] Decayed(double halfLife)
    {
        var sums = new float[_times.Length];
        for (var item = 0; item < _starts.Length - 1; item++)
        {
            for (var i = _starts[item]; i < _starts[item + 1]; i++)
                sums[i] = 1 + (i == _starts[item] ? 0 : (float)(sums[i - 1] * Math.Pow(2, -(_times[i] - _times[i - 1]) / Day / halfLife)));
        }
        return sums;
    }

    // Never equal: a search ends behind the last time that is not later.
    private readonly record struct AfterAll(long Now) : IComparable<long>
    {
        public int CompareTo(long other) => other <= Now ? 1 : -1;
    }
}

/// <summary>What is known of an item at a moment.</summary>
/// <param name="Count">Its positives until then.</param>
/// <param name="Month">The same, each counting half after a month.</param>
/// <param name="Year">The same, each counting half after a year.</param>
/// <param name="AgeDays">Days since the first of them; 0 without one.</param>
/// <param name="IdleDays">Days since the last of them; 0 without one.</param>
internal readonly record struct ItemPast(int Count, float Month, float Year, float AgeDays, float IdleDays);
