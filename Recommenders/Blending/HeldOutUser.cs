using System.Collections.Immutable;

namespace AgentRec.Recommenders.Blending;

/// <summary>A user of whom it is known what came next: what parameters, blend and calibration are learned from.</summary>
/// <param name="History">What the user took to before.</param>
/// <param name="Targets">What the user took to next, at least one item, none of it in the history.</param>
/// <param name="Excluded">Items that could not have come next, the history among them.</param>
public sealed record HeldOutUser(UserHistory History, ImmutableArray<int> Targets, ImmutableArray<int> Excluded);
