namespace AgentRec.Simulation;

/// <summary>A kind of people.</summary>
/// <param name="Name">The kind's name.</param>
/// <param name="Share">Its share, relative to the others'; above 0.</param>
/// <param name="Traits">How traits are spread in it.</param>
public sealed record PopulationTerms(string Name, double Share, TraitTerms Traits);

/// <summary>How a trait is spread: normally, cut to [0, 1].</summary>
/// <param name="Mean">The mean before the cut, 0 to 1.</param>
/// <param name="Deviation">The standard deviation before the cut, 0 to 1; 0: everybody has the mean.</param>
public sealed record Spread(double Mean, double Deviation = 0);

/// <summary>How the traits of a kind of people are spread. Every trait is a number from 0 to 1.</summary>
public sealed record TraitTerms
{
    /// <summary>The chance to come by in a period.</summary>
    /// <value>The default is 0.5, deviation 0.2.</value>
    public Spread Activity { get; init; } = new(0.5, 0.2);

    /// <summary>How much it counts that others take to an item.</summary>
    /// <value>The default is 0.3, deviation 0.2.</value>
    public Spread Conformity { get; init; } = new(0.3, 0.2);

    /// <summary>How much another genre than lately is liked, and the same one tires.</summary>
    /// <value>The default is 0.3, deviation 0.2.</value>
    public Spread Diversity { get; init; } = new(0.3, 0.2);

    /// <summary>How long one goes on, and how little disappointment makes one stay away.</summary>
    /// <value>The default is 0.6, deviation 0.2.</value>
    public Spread Patience { get; init; } = new(0.6, 0.2);

    /// <summary>How much less is looked at further down: the item at place p is looked at with probability 1 / log2(p + 1) to the power of twice this.</summary>
    /// <value>The default is 0.5 for everybody: 1 / log2(p + 1).</value>
    public Spread PositionBias { get; init; } = new(0.5);

    /// <summary>How much it counts that an item was recommended at all.</summary>
    /// <value>The default is 0.3, deviation 0.1.</value>
    public Spread Trust { get; init; } = new(0.3, 0.1);

    /// <summary>How far the taste moves with each item that is liked, towards it.</summary>
    /// <value>The default is 0.02 for everybody.</value>
    public Spread Drift { get; init; } = new(0.02);

    /// <summary>How much a judgement is off: 1 is a standard deviation of one point of rating.</summary>
    /// <value>The default is 0.4 for everybody.</value>
    public Spread Noise { get; init; } = new(0.4);

    /// <summary>The chance that a turn asks for a genre that the user knows to like.</summary>
    /// <value>The default is 0 for everybody.</value>
    public Spread Asks { get; init; } = new(0);
}
