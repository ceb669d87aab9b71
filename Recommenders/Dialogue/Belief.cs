namespace AgentRec.Recommenders.Dialogue;

/// <summary>
/// What is believed of one item's chance of being what the user wants: Beta(alpha, beta), as in Austin, Korikov, Toroghi and
/// Sanner, "Bayesian Optimization with LLM-Based Acquisition Functions for Natural Language Preference Elicitation" (2024). It
/// begins at the calibrated relevance. A piece of evidence moves its mean by Bayes' rule and adds one to its strength.
/// </summary>
/// <param name="Mean">The mean, alpha / (alpha + beta), in [0,1].</param>
/// <param name="Strength">alpha + beta, above 0: how much evidence the belief rests on.</param>
public readonly record struct Belief(double Mean, double Strength)
{
    /// <summary>What a belief rests on before anything is said, in pieces of evidence.</summary>
    public const double PriorStrength = 4;

    private const double Doubt = 1e-9;

    /// <summary>alpha, at least 0.</summary>
    public double Alpha => Mean * Strength;

    /// <summary>beta, at least 0.</summary>
    public double Beta => (1 - Mean) * Strength;

    /// <summary>The belief before anything is said.</summary>
    /// <param name="relevance">The calibrated relevance, in [0,1]; certainty either way is left out, as no evidence could move it.</param>
    public static Belief From(double relevance) => new(Math.Clamp(relevance, Doubt, 1 - Doubt), PriorStrength);

    /// <summary>The belief after a piece of evidence.</summary>
    /// <param name="ratio">How many times likelier the evidence is if the item is wanted than if it is not; at least 0, finite.</param>
    public Belief After(double ratio)
    {
        var wanted = Mean * ratio;
        return new Belief(wanted / (wanted + 1 - Mean), Strength + 1);
    }
}
