using AgentRec.Grains.Models;

namespace AgentRec.Silo.Models;

/// <summary>On what terms a model is activated.</summary>
/// <param name="GreatestLoss">The part of the active model's figure that may be lost (<see cref="ModelOptions.GreatestLoss"/>).</param>
/// <param name="Force">True to activate it whatever is lost.</param>
public sealed record ActivationTerms(double GreatestLoss, bool Force)
{
    /// <summary>The margin that options have by default, not forced.</summary>
    public static ActivationTerms Default { get; } = new(new ModelOptions().GreatestLoss, Force: false);
}
