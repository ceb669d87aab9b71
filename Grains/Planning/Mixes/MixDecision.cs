namespace AgentRec.Grains.Planning.Mixes;

/// <summary>One choice of the bandit, with all that off-policy evaluation needs.</summary>
/// <param name="Context">The state that it was made in.</param>
/// <param name="Arm">The mix's place in <see cref="CandidateMix.All"/>.</param>
/// <param name="Propensity">The probability with which this mix was chosen in this state, greater than 0.</param>
/// <param name="Period">The period that the probabilities come from, from 0.</param>
internal sealed record MixDecision(MixContext Context, int Arm, double Propensity, int Period)
{
    /// <summary>The chosen mix.</summary>
    public CandidateMix Mix => CandidateMix.All[Arm];
}
