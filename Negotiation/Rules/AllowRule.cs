using System.Collections.Immutable;
using AgentRec.Domain;

namespace AgentRec.Negotiation.Rules;

/// <summary>Only items that carry one of the values come in; what lacks the facet stays out.</summary>
internal sealed class AllowRule : BarringRule
{
    public override bool Bars(Rule rule, ImmutableArray<string> values) => !Carries(rule, values);
}
