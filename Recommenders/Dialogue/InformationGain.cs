using System.Collections.Immutable;

namespace AgentRec.Recommenders.Dialogue;

/// <summary>What an answer can be expected to tell of which item of a window is wanted.</summary>
public static class InformationGain
{
    /// <summary>
    /// The expected information gain in bits: <c>sum over answers a of p(a) KL(p(i | a) || p(i))</c> with
    /// <c>p(a) = sum of p(i) p(a | i)</c>. Answers that tell nothing leave the weights as they are and gain nothing.
    /// </summary>
    /// <param name="model">How likely each answer is.</param>
    /// <param name="window">The items with their weights; they need not sum to 1.</param>
    /// <returns>At least 0, at most the binary logarithm of the number of options.</returns>
    public static double Of(AnswerModel model, ImmutableArray<WeightedItem> window) => new AnswerForecast(model, window).Gain();
}

/// <summary>An item of a window, weighted by how likely it is what the user wants.</summary>
/// <param name="Handle">The item.</param>
/// <param name="Weight">The weight, at least 0.</param>
public readonly record struct WeightedItem(int Handle, double Weight);
