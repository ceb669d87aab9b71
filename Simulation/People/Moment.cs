namespace AgentRec.Simulation;

/// <summary>What holds for everybody during a period.</summary>
/// <param name="Period">The period, from 1.</param>
/// <param name="Present">Items with a smaller place are there.</param>
/// <param name="Popularity">By item, how popular it was at the period's start: 0 for the least, 1 for the most.</param>
/// <param name="Trend">By genre, the points of rating that it gains now.</param>
internal sealed record Moment(int Period, int Present, double[] Popularity, IReadOnlyDictionary<string, double> Trend)
{
    /// <summary>The points of rating that an item gains now.</summary>
    /// <param name="genres">Its genres.</param>
    public double Fashion(string[] genres) => Trend.Count == 0 ? 0 : genres.Sum(genre => Trend.GetValueOrDefault(genre));
}
