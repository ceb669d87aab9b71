using AgentRec.Recommenders.Vectors;

namespace AgentRec.Recommenders.Screening;

/// <summary>How odd profiles are, by two marks: the share of rated items that hardly anybody rated, and how little of the profile lies in the principal components of everybody's.</summary>
internal static class ProfileOddity
{
    private const int Components = 10;
    private const double RareShare = 0.5;

    /// <summary>How odd each profile is: the sum of both marks, each as the share of profiles that are less odd by it.</summary>
    /// <param name="profiles">By user, the ratings; each item once.</param>
    /// <param name="items">The number of items.</param>
    public static double[] Of(IReadOnlyList<(int Item, double Rating)[]> profiles, int items)
    {
        var counts = new int[items];
        foreach (var (item, _) in profiles.SelectMany(profile => profile))
            counts[item]++;
        var rated = counts.Where(count => count > 0).Order().ToArray();
        var rare = rated.Length == 0 ? 0 : rated[(int)(RareShare * (rated.Length - 1))];
        // Columns weigh less the more have rated them, as words do: what all have in common tells nobody from anybody.
        TermWeight[][] rows = [.. profiles.Select(profile => Unit(profile, counts, profiles.Count))];
        var vectors = TruncatedSvd.RightVectors(rows, items, Components, seed: 0);
        var rareness = profiles.Select(profile => profile.Length == 0 ? 0 : profile.Count(rating => counts[rating.Item] <= rare) / (double)profile.Length).ToArray();
        var strangeness = rows.Select(row => 1 - Explained(row, vectors)).ToArray();
        var (byRareness, byStrangeness) = (Ranks(rareness), Ranks(strangeness));
        return [.. byRareness.Zip(byStrangeness, (x, y) => x + y)];
    }

    private static TermWeight[] Unit((int Item, double Rating)[] profile, int[] counts, int users)
    {
        var weights = profile.Select(rating => Math.Log((1.0 + users) / (1 + counts[rating.Item]))).ToArray();
        var length = Math.Sqrt(weights.Sum(weight => weight * weight));
        return [.. profile.Select((rating, i) => new TermWeight(rating.Item, length == 0 ? 0 : (float)(weights[i] / length)))];
    }

    /// <summary>The part of a profile of unit length that the components explain.</summary>
    private static double Explained(TermWeight[] row, float[] vectors)
    {
        var explained = 0.0;
        for (var component = 0; component < Components; component++)
        {
            var share = 0.0;
            foreach (var (item, weight) in row)
                share += weight * vectors[(item * Components) + component];
            explained += share * share;
        }
        return explained;
    }

    /// <summary>By place, the share of values that are less, ties halved.</summary>
    internal static double[] Ranks(double[] values)
    {
        int[] order = [.. Enumerable.Range(0, values.Length).OrderBy(place => values[place])];
        var ranks = new double[values.Length];
        for (var first = 0; first < order.Length;)
        {
            var last = first;
            while (last < order.Length - 1 && values[order[last + 1]] == values[order[first]])
                last++;
            for (var i = first; i <= last; i++)
                ranks[order[i]] = (first + last) / 2.0 / Math.Max(1, values.Length - 1);
            first = last + 1;
        }
        return ranks;
    }
}
