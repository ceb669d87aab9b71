namespace AgentRec.Simulation;

/// <summary>What a provider wants to be seen.</summary>
public enum ProviderGoal
{
    /// <summary>What has been shown least.</summary>
    Exposure,

    /// <summary>What is best.</summary>
    Sales,

    /// <summary>What is newest.</summary>
    Freshness,
}

/// <summary>What a provider does for it.</summary>
public enum ProviderStrategy
{
    /// <summary>Nothing but offer items.</summary>
    Honest,

    /// <summary>In every period invented users give five points to one of its items.</summary>
    Boosting,

    /// <summary>In every period one of its items claims the three most popular genres beside its own, and says so in its text.</summary>
    KeywordStuffing,
}

/// <summary>A provider that acts.</summary>
/// <param name="Provider">The provider's name; in a drawn world they are <c>provider-01</c> and so on, with as many digits as their number has, at least two.</param>
/// <param name="Goal">Which of its items it promotes.</param>
/// <param name="Strategy">How.</param>
public sealed record ProviderTerms(string Provider, ProviderGoal Goal, ProviderStrategy Strategy);
