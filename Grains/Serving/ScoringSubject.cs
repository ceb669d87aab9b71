using System.Collections.Immutable;
using AgentRec.Recommenders;

namespace AgentRec.Grains.Serving;

/// <summary>The user whose catalogue is scored.</summary>
/// <param name="History">What the user took to, which is all that scores depend on.</param>
/// <param name="Shown">The items that were shown lately, by handle.</param>
internal sealed record ScoringSubject(UserHistory History, ImmutableArray<int> Shown);
