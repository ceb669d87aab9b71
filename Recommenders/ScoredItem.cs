namespace AgentRec.Recommenders;

/// <summary>An item with what the model says of it for one user.</summary>
/// <param name="Handle">The item.</param>
/// <param name="Raw">The blend's score before calibration.</param>
/// <param name="Relevance">The calibrated relevance, in (0,1).</param>
public readonly record struct ScoredItem(int Handle, float Raw, double Relevance);
