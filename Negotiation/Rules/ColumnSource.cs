using System.Collections.Immutable;
using AgentRec.Domain;

namespace AgentRec.Negotiation.Rules;

/// <summary>What a rule's column is built from.</summary>
/// <param name="Count">The number of candidates.</param>
/// <param name="Length">The length of the slates that are sought.</param>
/// <param name="Values">The values of the rule's facet by candidate.</param>
/// <param name="Target">The user's facet shares, where the rule asks for them and the user stated them.</param>
internal sealed record ColumnSource(int Count, int Length, Func<int, ImmutableArray<string>> Values, FacetShares? Target);
