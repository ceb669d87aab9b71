namespace AgentRec.Simulation;

/// <summary>
/// Profiles of invented users that push an item (Mobasher, Burke, Bhaumik and Williams: Toward trustworthy recommender systems, 2007):
/// the target gets full marks, and so that the profile looks like a user's, so many other items are rated as well.
/// </summary>
/// <param name="ratings">What attackers can see.</param>
/// <param name="chance">The run's luck.</param>
internal sealed class Shilling(ItemRatings ratings, Chance chance)
{
    private const double Full = 5;
    private const double Least = 0.5;
    private const int Selected = 5;

    /// <summary>An item that could do with a push: of the less known half, rated below the mean.</summary>
    /// <param name="number">Another number is another target.</param>
    public int Target(int number)
    {
        var median = ratings.Counts.Order().ElementAt(ratings.Counts.Length / 2);
        int[] modest = [.. Enumerable.Range(0, ratings.Counts.Length).Where(item => ratings.Counts[item] <= median && ratings.Means[item] <= ratings.Mean)];
        if (modest.Length == 0)
            modest = [.. Enumerable.Range(0, ratings.Counts.Length)];
        return modest[(int)(chance.Uniform(Draw.Attack, 1, number) * modest.Length)];
    }

    /// <summary>Makes a profile.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="target">The item that is pushed.</param>
    /// <param name="filler">How many items are rated beside the target and those selected, as a share of the catalogue.</param>
    /// <param name="number">Another number is another profile.</param>
    /// <returns>Each item once, the target first.</returns>
    public IReadOnlyList<(int Item, double Rating)> Profile(ShillingProfile kind, int target, double filler, int number)
    {
        if (kind is ShillingProfile.Single)
            return [(target, Full)];
        int[] selected = kind switch
        {
            ShillingProfile.Bandwagon => [.. ByCount().Where(item => item != target).Take(Selected)],
            ShillingProfile.Segment => [.. ByCount().Where(item => item != target && ratings.Genres[item].Intersect(ratings.Genres[target], StringComparer.Ordinal).Any()).Take(Selected)],
            _ => [],
        };
        var taken = selected.Append(target).ToHashSet();
        var count = Math.Max(1, (int)Math.Round(filler * ratings.Counts.Length));
        var fillers = Enumerable.Range(0, ratings.Counts.Length).Where(item => !taken.Contains(item))
            .OrderBy(item => chance.Number(Draw.Attack, 2, number, item)).Take(count);
        return
        [
            (target, Full),
            .. selected.Select(item => (item, Full)),
            .. fillers.Select(item => (item, kind switch
            {
                ShillingProfile.Segment => Least,
                ShillingProfile.Average => Ratings.Of(ratings.Means[item] + (ratings.Deviation * 0.5 * chance.Normal(Draw.Attack, 3, number, item))),
                _ => Ratings.Of(ratings.Mean + (ratings.Deviation * chance.Normal(Draw.Attack, 3, number, item))),
            })),
        ];
    }

    private IEnumerable<int> ByCount() => Enumerable.Range(0, ratings.Counts.Length).OrderByDescending(item => ratings.Counts[item]).ThenBy(item => item);
}
