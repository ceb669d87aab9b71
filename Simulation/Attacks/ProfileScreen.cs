using AgentRec.Recommenders.Vectors;

namespace AgentRec.Simulation;

/// <summary>
/// Finds users who look invented by what they rated, without being told how many there are or what they push. After the first stage of
/// SemanticShield (2025) and PCA VarSelect (Mehta and Nejdl, 2009), then joined by what a group of profiles has in common:
/// <list type="number">
/// <item>A user is odd by two marks: the share of rated items that hardly anybody rated, and how little of the profile lies in the
/// principal components of everybody's profiles. The oddest part of the users are candidates.</item>
/// <item>An item is pushed if so many candidates gave it nearly full marks that chance, at the rate of everybody else, would
/// practically never do it (binomial tail, Bonferroni over all items).</item>
/// <item>Candidates that push a pushed item are suspects.</item>
/// </list>
/// One odd user is therefore no suspect: people with rare tastes are not a group that pushes one item.
/// </summary>
internal static class ProfileScreen
{
    private const int Components = 10;
    private const double RareShare = 0.5;
    private const double CandidateShare = 0.15;
    private const double Chance = 1e-3;
    private const double Pushing = 4.5;

    /// <summary>Screens profiles.</summary>
    /// <param name="profiles">By user, the ratings; each item once.</param>
    /// <param name="items">The number of items.</param>
    /// <returns>By user, whether the user is a suspect.</returns>
    public static bool[] Suspects(IReadOnlyList<(int Item, double Rating)[]> profiles, int items)
    {
        var suspects = new bool[profiles.Count];
        if (profiles.Count < 10)
            return suspects;
        var oddity = Oddity(profiles, items);
        int[] candidates = [.. Enumerable.Range(0, profiles.Count).OrderByDescending(user => oddity[user]).ThenBy(user => user).Take(Math.Max(3, (int)(CandidateShare * profiles.Count)))];
        var pushed = Pushed(profiles, candidates, items);
        foreach (var user in candidates)
            suspects[user] = Array.Exists(profiles[user], rating => rating.Rating >= Pushing && pushed.Contains(rating.Item));
        return suspects;
    }

    /// <summary>How odd each user is: the sum of both marks, each as the share of users who are less odd by it.</summary>
    internal static double[] Oddity(IReadOnlyList<(int Item, double Rating)[]> profiles, int items)
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

    private static double[] Ranks(double[] values)
    {
        var sorted = values.ToArray();
        Array.Sort(sorted);
        return [.. values.Select(value =>
        {
            var place = Array.BinarySearch(sorted, value);
            var (first, last) = (place, place);
            while (first > 0 && sorted[first - 1] == value)
                first--;
            while (last < sorted.Length - 1 && sorted[last + 1] == value)
                last++;
            return (first + last) / 2.0 / Math.Max(1, sorted.Length - 1);
        })];
    }

    private static HashSet<int> Pushed(IReadOnlyList<(int Item, double Rating)[]> profiles, int[] candidates, int items)
    {
        var (among, all) = (new int[items], new int[items]);
        var isCandidate = candidates.ToHashSet();
        for (var user = 0; user < profiles.Count; user++)
        {
            foreach (var (item, rating) in profiles[user])
            {
                if (rating < Pushing)
                    continue;
                all[item]++;
                among[item] += isCandidate.Contains(user) ? 1 : 0;
            }
        }
        var others = profiles.Count - candidates.Length;
        return
        [
            .. Enumerable.Range(0, items).Where(item => among[item] >= 2
                && Tail(among[item], candidates.Length, (all[item] - among[item] + 0.5) / (others + 1.0)) * items < Chance),
        ];
    }

    /// <summary>The probability of at least k of n at a rate, by the binomial distribution.</summary>
    internal static double Tail(int k, int n, double rate)
    {
        var (sum, term) = (0.0, n * Math.Log(1 - rate));
        for (var i = 0; i <= n; i++)
        {
            if (i >= k)
                sum += Math.Exp(term);
            term += Math.Log((double)(n - i) / (i + 1)) + Math.Log(rate / (1 - rate));
            if (i == n - 1)
                term = n * Math.Log(rate);
        }
        return Math.Min(1, sum);
    }
}
