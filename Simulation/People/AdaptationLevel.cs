namespace AgentRec.Simulation;

/// <summary>
/// What somebody has come to expect (Helson's adaptation level, 1964): an experience is judged against the latest ones, not by itself.
/// Of the latest <see cref="Memory"/> experiences it surpasses a share; that is its place in the user's own past ratings.
/// </summary>
internal sealed class AdaptationLevel
{
    /// <summary>How many experiences count.</summary>
    public const int Memory = 40;

    /// <summary>The latest experiences, in points of rating, the newest last.</summary>
    public List<double> Latest { get; init; } = [];

    /// <summary>Lets an experience count.</summary>
    /// <param name="felt">The experience, in points of rating.</param>
    public void Add(double felt)
    {
        Latest.Add(felt);
        if (Latest.Count > Memory)
            Latest.RemoveAt(0);
    }

    /// <summary>The rating that an experience gets: with n experiences before it, it stands in one of n + 1 places, and anywhere in it.</summary>
    /// <param name="felt">The experience, in points of rating.</param>
    /// <param name="scale">The user's past ratings, rising.</param>
    /// <param name="within">Where in its place it stands, 0 to 1: all that decides while there is nothing to compare with.</param>
    public double Rate(double felt, double[] scale, double within)
    {
        var surpassed = 0;
        foreach (var one in Latest)
            surpassed += one < felt ? 1 : 0;
        return scale[Math.Min(scale.Length - 1, (int)((surpassed + within) / (Latest.Count + 1) * scale.Length))];
    }
}
