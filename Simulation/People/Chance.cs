namespace AgentRec.Simulation;

/// <summary>What a draw decides. Each has a stream of its own, so that one more draw here changes none there.</summary>
internal enum Draw
{
    World = 1,
    Trait,
    Past,
    ComesBy,
    Asks,
    LooksAt,
    Takes,
    Rates,
    GoesOn,
    StaysAway,
    ComesBack,
    Attack,
    Answers,
    Audits,
}

/// <summary>
/// All chance of a run: every draw is a hash of the seed, what it decides, and whom and what it concerns, never of the arm or of the
/// order in which things are done. So all arms meet the same luck (common random numbers), on any number of threads.
/// </summary>
/// <param name="seed">The run's seed.</param>
internal readonly struct Chance(ulong seed)
{
    /// <summary>The seed.</summary>
    public ulong Seed => seed;

    /// <summary>A number that hashes everything named.</summary>
    public ulong Number(Draw draw, int a = 0, int b = 0, int c = 0) =>
        StableHash.Of(StableHash.Of(StableHash.Of(StableHash.Of(seed, (ulong)draw), (uint)a), (uint)b), (uint)c);

    /// <summary>A uniform number in [0, 1).</summary>
    public double Uniform(Draw draw, int a = 0, int b = 0, int c = 0) => (Number(draw, a, b, c) >> 11) * Math.ScaleB(1, -53);

    /// <summary>A standard normal number (Box and Muller).</summary>
    public double Normal(Draw draw, int a = 0, int b = 0, int c = 0)
    {
        var number = Number(draw, a, b, c);
        var radius = Math.Sqrt(-2 * Math.Log(1 - ((number >> 11) * Math.ScaleB(1, -53))));
        return radius * Math.Cos(2 * Math.PI * ((StableHash.Mix(number) >> 11) * Math.ScaleB(1, -53)));
    }

    /// <summary>A standard Gumbel number: the greatest of log-weights plus such numbers is drawn in proportion to the weights.</summary>
    public double Gumbel(Draw draw, int a = 0, int b = 0, int c = 0) => -Math.Log(-Math.Log(Math.Max(Uniform(draw, a, b, c), double.Epsilon)));
}
