using System.Collections.Immutable;
using AgentRec.Domain;

namespace AgentRec.Language;

/// <summary>A constraint that still lacks its strength and its words.</summary>
/// <param name="Facet">The facet.</param>
/// <param name="Op">The comparison.</param>
/// <param name="Values">The values.</param>
internal sealed record Draft(string Facet, ConstraintOperator Op, ImmutableArray<string> Values);
