using System.Collections.Immutable;
using AgentRec.Recommenders.Blending;

namespace AgentRec.Recommenders.Ranking;

/// <summary>What belongs to a learned ranking model beside its graph.</summary>
/// <param name="Kind">How it was learned: <c>network</c> or <c>trees</c>.</param>
/// <param name="Features">The names of the features, in the order of a row.</param>
/// <param name="Temperature">
/// What a score is multiplied by before it is an exponent: exp(t s(i)) over the sum of the same over the user's pool is the
/// model's chance that i comes next.
/// </param>
/// <param name="Calibration">What turns the logarithm of that chance into a relevance.</param>
public sealed record RankingTerms(string Kind, ImmutableArray<string> Features, double Temperature, Calibration Calibration);
