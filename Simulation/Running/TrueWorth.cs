namespace AgentRec.Simulation;

/// <summary>What a slate is truly worth to a person, against the best that there is.</summary>
internal static class TrueWorth
{
    /// <summary>How many of the truly best items count as wanted.</summary>
    public const int Wanted = 10;

    /// <summary>Judges a slate before it is read.</summary>
    /// <param name="person">The reader.</param>
    /// <param name="inclination">What inclines the reader.</param>
    /// <param name="slate">Places of items in the world, the first place first.</param>
    /// <param name="size">How many items the slate could have.</param>
    /// <returns>Regret, whether one of the ten best was there, and binary NDCG by the ten best.</returns>
    public static (double Regret, bool Hit, double Ndcg) Of(Person person, Inclination inclination, IReadOnlyList<int> slate, int size)
    {
        Span<(double Beyond, int Item)> kept = stackalloc (double, int)[Math.Max(size, Wanted)];
        var best = kept[..Best(person, inclination, kept)];
        var (ideal, got, gain, greatest) = (0.0, 0.0, 0.0, 0.0);
        var wanted = best[..Math.Min(Wanted, best.Length)];
        for (var place = 0; place < size; place++)
        {
            var discount = 1 / Math.Log2(place + 2);
            ideal += place < best.Length ? discount * Inclination.ChanceAt(best[place].Beyond) : 0;
            greatest += place < wanted.Length ? discount : 0;
            if (place >= slate.Count)
                continue;
            got += discount * inclination.Chance(slate[place]);
            gain += Holds(wanted, slate[place]) ? discount : 0;
        }
        return (ideal == 0 ? 0 : 1 - (got / ideal), gain > 0, greatest == 0 ? 0 : gain / greatest);
    }

    /// <summary>Puts the best of what the person does not know in place, the best first, of equals the first; every turn looks through all items.</summary>
    /// <returns>How many there are.</returns>
    private static int Best(Person person, Inclination inclination, Span<(double Beyond, int Item)> best)
    {
        var count = 0;
        for (var item = 0; item < person.Moment.Present; item++)
        {
            var beyond = inclination.Beyond(item);
            if ((count == best.Length && beyond <= best[^1].Beyond) || person.State.Known.Contains(item))
                continue;
            var place = count == best.Length ? count - 1 : count++;
            for (; place > 0 && best[place - 1].Beyond < beyond; place--)
                best[place] = best[place - 1];
            best[place] = (beyond, item);
        }
        return count;
    }

    private static bool Holds(Span<(double Beyond, int Item)> items, int item)
    {
        foreach (var one in items)
        {
            if (one.Item == item)
                return true;
        }
        return false;
    }
}
