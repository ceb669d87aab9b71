namespace AgentRec.Simulation;

/// <summary>What became of one place of a slate.</summary>
/// <param name="Item">The item's place in the world.</param>
/// <param name="LookedAt">True when it was looked at.</param>
/// <param name="Rating">The rating it got; null when it was not taken.</param>
/// <param name="Utility">The true chance that it would be taken when looked at.</param>
/// <param name="Felt">How it was, in points of rating, where it was taken.</param>
internal readonly record struct Reading(int Item, bool LookedAt, double? Rating, double Utility, double Felt = 0);
