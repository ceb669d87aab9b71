using System.Collections.Immutable;
using AgentRec.Domain;

namespace AgentRec.Negotiation.Rules;

/// <summary>
/// Only items that carry one of the values come in; what lacks the facet stays out. The value is how many others are in all
/// the same; the bound is 0.
/// </summary>
internal sealed class AllowRule : RuleBody
{
    public override bool ConcernsItems => true;

    public override decimal? AtMost(Rule rule) => rule.AtMost ?? 0;

    public override bool Bars(Rule rule, ImmutableArray<string> values) => !Carries(rule, values);

    public override long Value(Rule rule, ISlateFacts slate)
    {
        var count = 0;
        for (var place = 0; place < slate.Length; place++)
            count += Bars(rule, slate.Values(place, rule.Facet!)) ? 1 : 0;
        return count * Millionths.One;
    }

    public override RuleColumn Column(Rule rule, ColumnSource source) =>
        RuleColumn.OfMembers(rule, ColumnUnit.Items, source, Bounds(rule), i => Bars(rule, source.Values(i)));
}
