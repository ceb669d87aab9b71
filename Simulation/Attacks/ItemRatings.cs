namespace AgentRec.Simulation;

/// <summary>What anybody can see of a catalogue's ratings; attackers go by it.</summary>
/// <param name="Means">By item, the mean rating; the mean of all where there is none.</param>
/// <param name="Counts">By item, how many ratings it has.</param>
/// <param name="Mean">The mean of all ratings.</param>
/// <param name="Deviation">Their standard deviation.</param>
/// <param name="Genres">By item, its genres.</param>
internal sealed record ItemRatings(double[] Means, int[] Counts, double Mean, double Deviation, string[][] Genres)
{
    /// <summary>The ratings of a world's past.</summary>
    public static ItemRatings Of(World world) => Of(world.Present(0), world.Past.SelectMany(past => past).Select(past => (past.Item, past.Rating)), world.Genres);

    /// <summary>Ratings.</summary>
    public static ItemRatings Of(int items, IEnumerable<(int Item, double Rating)> ratings, string[][] genres)
    {
        var (sums, counts, sum, squares, count) = (new double[items], new int[items], 0.0, 0.0, 0);
        foreach (var (item, rating) in ratings)
        {
            sums[item] += rating;
            counts[item]++;
            (sum, squares, count) = (sum + rating, squares + (rating * rating), count + 1);
        }
        var mean = count == 0 ? 3 : sum / count;
        return new ItemRatings(
            [.. sums.Select((one, item) => counts[item] == 0 ? mean : one / counts[item])], counts, mean, count == 0 ? 1 : Math.Sqrt(Math.Max(0, (squares / count) - (mean * mean))), genres);
    }
}
