using System.Collections.Immutable;
using AgentRec.Domain;

namespace AgentRec.Negotiation.Rules;

/// <summary>
/// A rule that says of a single item, by its facet values, whether it must stay out. The value is how many such items are in all
/// the same; the bound is 0 unless it was relaxed.
/// </summary>
internal abstract class BarringRule : RuleBody
{
    public sealed override bool ConcernsItems => true;

    public sealed override decimal? AtMost(Rule rule) => rule.AtMost ?? 0;

    public abstract override bool Bars(Rule rule, ImmutableArray<string> values);

    public sealed override long Value(Rule rule, ISlateFacts slate)
    {
        var count = 0;
        for (var place = 0; place < slate.Length; place++)
            count += Bars(rule, slate.Values(place, rule.Facet!)) ? 1 : 0;
        return count * Millionths.One;
    }

    public sealed override RuleColumn Column(Rule rule, ColumnSource source) =>
        RuleColumn.OfMembers(rule, ColumnUnit.Items, source, Bounds(rule), i => Bars(rule, source.Values(i)));
}
