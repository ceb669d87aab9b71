namespace AgentRec.Simulation;

/// <summary>What a slate is truly worth to a person, against the best that there is.</summary>
internal static class TrueWorth
{
    /// <summary>How many of the truly best items count as wanted.</summary>
    public const int Wanted = 10;

    /// <summary>Judges a slate before it is read.</summary>
    /// <returns>Regret, whether one of the ten best was there, and binary NDCG by the ten best.</returns>
    public static (double Regret, bool Hit, double Ndcg) Of(Person person, RuleBrain brain, IReadOnlyList<int> slate, int size)
    {
        var kept = Math.Max(size, Wanted);
        var best = new PriorityQueue<int, (double Chance, int Item)>(kept + 1);
        for (var item = 0; item < person.Moment.Present; item++)
        {
            best.Enqueue(item, (brain.Chance(person, item), -item));
            if (best.Count > kept)
                best.Dequeue();
        }
        var order = new (int Item, double Chance)[best.Count];
        for (var place = order.Length - 1; place >= 0; place--)
        {
            best.TryDequeue(out var item, out var rank);
            order[place] = (item, rank.Chance);
        }
        var (ideal, got, gain, greatest) = (0.0, 0.0, 0.0, 0.0);
        var wanted = order.Take(Wanted).Select(one => one.Item).ToHashSet();
        for (var place = 0; place < size; place++)
        {
            var discount = 1 / Math.Log2(place + 2);
            ideal += place < order.Length ? discount * order[place].Chance : 0;
            greatest += place < wanted.Count ? discount : 0;
            if (place >= slate.Count)
                continue;
            got += discount * brain.Chance(person, slate[place]);
            gain += wanted.Contains(slate[place]) ? discount : 0;
        }
        return (ideal == 0 ? 0 : 1 - (got / ideal), gain > 0, greatest == 0 ? 0 : gain / greatest);
    }
}
