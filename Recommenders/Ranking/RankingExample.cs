namespace AgentRec.Recommenders.Ranking;

/// <summary>A moment in a user's past: candidates that might have come next, and those that did.</summary>
/// <param name="User">The user's place in the training data.</param>
/// <param name="Place">How many items the user had taken to.</param>
/// <param name="Rows">Features, row-major [candidates, features].</param>
/// <param name="Taken">Whether each candidate came next; at least one did.</param>
internal sealed record RankingExample(int User, int Place, float[] Rows, bool[] Taken)
{
    /// <summary>The number of candidates.</summary>
    public int Count => Taken.Length;

    /// <summary>How many candidates came next.</summary>
    public int Positives => Taken.Count(taken => taken);
}
