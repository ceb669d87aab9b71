using System.Collections.Immutable;
using AgentRec.Domain;

namespace AgentRec.Negotiation.Rules;

/// <summary>Items that carry one of the values stay out. The value is how many are in all the same; the bound is 0.</summary>
internal sealed class ExcludeRule : RuleBody
{
    public override bool ConcernsItems => true;

    public override decimal? AtMost(Rule rule) => 0;

    public override bool Bars(Rule rule, ImmutableArray<string> values)
    {
        foreach (var value in values)
        {
            if (rule.Values.Contains(value))
                return true;
        }
        return false;
    }

    public override long Value(Rule rule, ISlateFacts slate)
    {
        var count = 0;
        for (var place = 0; place < slate.Length; place++)
            count += Bars(rule, slate.Values(place, rule.Facet!)) ? 1 : 0;
        return count * Millionths.One;
    }

    public override RuleColumn Column(Rule rule, int count, Func<int, ImmutableArray<string>> values) =>
        RuleColumn.OfMembers(rule, 0, count, i => Bars(rule, values(i)));
}
