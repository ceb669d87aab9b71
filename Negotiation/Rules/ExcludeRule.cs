using System.Collections.Immutable;
using AgentRec.Domain;

namespace AgentRec.Negotiation.Rules;

/// <summary>Items that carry one of the values stay out.</summary>
internal sealed class ExcludeRule : BarringRule
{
    public override bool Bars(Rule rule, ImmutableArray<string> values) => Carries(rule, values);
}
