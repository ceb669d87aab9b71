using System.Collections.Immutable;

namespace AgentRec.Recommenders.Evaluation;

/// <summary>A user whose test items a ranking is measured by.</summary>
/// <param name="UserId">The user's id.</param>
/// <param name="History">The train and validation positives, oldest first.</param>
/// <param name="Targets">The test positives, oldest first; at least one.</param>
/// <param name="Excluded">Handles that are not ranked: what the user already had.</param>
public sealed record EvaluationUser(string UserId, UserHistory History, ImmutableArray<int> Targets, ImmutableArray<int> Excluded);
