namespace AgentRec.Recommenders.Screening;

/// <summary>
/// Finds users who look invented by what they rated, without being told how many there are or what they push. After the first stage of
/// SemanticShield (2025) and PCA VarSelect (Mehta and Nejdl, 2009), then joined by what a group of profiles has in common. Two groups are looked at:
/// <list type="number">
/// <item>Thin profiles, of fewer than <see cref="Thin"/> ratings. By themselves they tell nothing. But a short past is the beginning of a longer
/// one, and cannot hold an item more often than whole ones do.</item>
/// <item>The oddest of all others, see <see cref="ProfileOddity"/>.</item>
/// </list>
/// In each group an item is pushed if so many gave it nearly full marks that chance, at the rate of everybody who is in neither, would
/// practically never do it (binomial tail, Bonferroni over all items), and who pushes a pushed item is a suspect. One odd user is therefore none: people with rare
/// tastes are not a group that pushes one item.
/// </summary>
internal static class ProfileScreen
{
    /// <summary>Profiles with fewer ratings are too short to be odd.</summary>
    public const int Thin = 5;

    private const int FewestUsers = 10;
    private const double CandidateShare = 0.15;
    private const double Chance = 1e-3;
    private const double Pushing = 4.5;

    /// <summary>Screens profiles.</summary>
    /// <param name="profiles">By user, the ratings, 0.5 to 5; each item once.</param>
    /// <param name="items">The number of items.</param>
    /// <returns>By user, whether the user is a suspect.</returns>
    public static bool[] Suspects(IReadOnlyList<(int Item, double Rating)[]> profiles, int items)
    {
        var suspects = new bool[profiles.Count];
        int[] thin = [.. Enumerable.Range(0, profiles.Count).Where(user => profiles[user].Length is > 0 and < Thin)];
        int[] whole = [.. Enumerable.Range(0, profiles.Count).Where(user => profiles[user].Length >= Thin)];
        if (whole.Length < FewestUsers)
            return suspects;
        var oddity = ProfileOddity.Of([.. whole.Select(user => profiles[user])], items);
        int[] odd =
        [
            .. Enumerable.Range(0, whole.Length).OrderByDescending(place => oddity[place]).ThenBy(place => place)
                .Take(Math.Max(3, (int)(CandidateShare * whole.Length))).Select(place => whole[place]),
        ];
        int[] others = [.. whole.Except(odd)];
        var outside = Pushes(profiles, others, items);
        Accuse(thin);
        Accuse(odd);
        return suspects;

        void Accuse(int[] group)
        {
            var within = Pushes(profiles, group, items);
            bool[] pushed =
            [
                .. Enumerable.Range(0, items).Select(item =>
                    within[item] >= 2 && BinomialTail.Of(within[item], group.Length, (outside[item] + 0.5) / (others.Length + 1)) * items < Chance),
            ];
            foreach (var user in group)
                suspects[user] = Array.Exists(profiles[user], rating => rating.Rating >= Pushing && pushed[rating.Item]);
        }
    }

    /// <summary>By item, how many of some users gave it nearly full marks.</summary>
    private static int[] Pushes(IReadOnlyList<(int Item, double Rating)[]> profiles, int[] users, int items)
    {
        var pushes = new int[items];
        foreach (var (item, rating) in users.SelectMany(user => profiles[user]))
            pushes[item] += rating >= Pushing ? 1 : 0;
        return pushes;
    }
}
