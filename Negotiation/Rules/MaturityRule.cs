using System.Collections.Immutable;
using AgentRec.Domain;

namespace AgentRec.Negotiation.Rules;

/// <summary>Items above a step of the maturity scale stay out. The value is the strongest step in the slate.</summary>
internal sealed class MaturityRule : RuleBody
{
    public override bool ConcernsItems => true;

    public override bool Bars(Rule rule, ImmutableArray<string> values) => MaturityScale.Of(values) > rule.AtMost;

    public override long Value(Rule rule, ISlateFacts slate)
    {
        var strongest = 0;
        for (var place = 0; place < slate.Length; place++)
            strongest = Math.Max(strongest, MaturityScale.Of(slate.Values(place, rule.Facet!)));
        return strongest * Millionths.One;
    }

    public override RuleColumn? Column(Rule rule, ColumnSource source) => null;
}
