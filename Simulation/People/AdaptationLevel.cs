namespace AgentRec.Simulation;

/// <summary>
/// What somebody has come to expect (Helson's adaptation level, 1964): an experience is judged against the latest ones, not by itself.
/// The share of experiences that it surpasses, if they are spread normally, is the place in the user's own past ratings that it gets.
/// </summary>
/// <param name="Mean">The mean of what was felt lately, in points of rating.</param>
/// <param name="Variance">Its variance.</param>
/// <param name="Count">How many experiences there were, at most <see cref="Memory"/>.</param>
internal sealed record AdaptationLevel(double Mean, double Variance, int Count)
{
    /// <summary>How many experiences count; older ones fade.</summary>
    public const int Memory = 20;

    // What somebody brings along is worth a few experiences.
    private const int Brought = 2;

    /// <summary>What a user expects after the past.</summary>
    public static AdaptationLevel Of(World world, int user)
    {
        double[] felt = [.. world.Past[user].Select(past => world.Appeal(user, world.Tastes[user], past.Item))];
        var mean = felt.Average();
        return new AdaptationLevel(mean, felt.Average(one => (one - mean) * (one - mean)) + (world.Unexplained * world.Unexplained), Brought);
    }

    /// <summary>What is expected after one more experience.</summary>
    public AdaptationLevel After(double felt)
    {
        var (rate, off) = (1.0 / (Count + 1), felt - Mean);
        return new AdaptationLevel(Mean + (rate * off), (1 - rate) * (Variance + (rate * off * off)), Math.Min(Memory, Count + 1));
    }

    /// <summary>The rating that an experience gets.</summary>
    /// <param name="felt">The experience, in points of rating.</param>
    /// <param name="scale">The user's past ratings, rising.</param>
    public double Rate(double felt, double[] scale)
    {
        var surpassed = MathNet.Numerics.Distributions.Normal.CDF(0, 1, (felt - Mean) / Math.Sqrt(Math.Max(Variance, 1e-6)));
        return scale[Math.Min(scale.Length - 1, (int)(surpassed * scale.Length))];
    }
}
