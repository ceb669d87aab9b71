using AgentRec.Domain;

namespace AgentRec.Negotiation.Rules;

/// <summary>An item that carries one of the values holds the place: the value is 1 when it does, 0 otherwise.</summary>
internal sealed class PinRule : RuleBody
{
    public override decimal? AtLeast(Rule rule) => rule.AtLeast ?? 1;

    public override long Value(Rule rule, ISlateFacts slate) =>
        rule.Place <= slate.Length && Carries(rule, slate.Values(rule.Place.Value - 1, rule.Facet!)) ? Millionths.One : 0;

    public override RuleColumn Column(Rule rule, ColumnSource source) =>
        RuleColumn.OfPlace(rule, source, Bounds(rule), i => Carries(rule, source.Values(i)));
}
