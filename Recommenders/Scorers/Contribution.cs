namespace AgentRec.Recommenders.Scorers;

/// <summary>How much one item of a user's history speaks for a recommended item.</summary>
/// <param name="Handle">The item of the history.</param>
/// <param name="Weight">Its part of the score, in the score's units; negative when it speaks against.</param>
public readonly record struct Contribution(int Handle, double Weight);
