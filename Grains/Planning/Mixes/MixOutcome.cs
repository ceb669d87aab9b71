namespace AgentRec.Grains.Planning.Mixes;

/// <summary>What came of a choice.</summary>
/// <param name="Context">The state that it was made in.</param>
/// <param name="Arm">The mix's place in <see cref="CandidateMix.All"/>.</param>
/// <param name="Reward">1 when the user took to something that was shown, otherwise 0.</param>
internal readonly record struct MixOutcome(MixContext Context, int Arm, double Reward);
