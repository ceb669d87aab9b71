using AgentRec.Domain;

namespace AgentRec.Negotiation.Rules;

/// <summary>
/// No item is shown to a user more often than the bound within some days. The value is the greatest number of showings of
/// an item of the slate, this one included.
/// </summary>
internal sealed class FrequencyCapRule : RuleBody
{
    public override RuleKind Kind => RuleKind.Attested;

    public override bool ConcernsItems => true;

    public override bool Bars(Rule rule, string itemId, IPrivateFacts history) => history.Shown(itemId, rule.Days!.Value) + 1 > rule.AtMost;

    public override bool IsPossible(long value) => value >= Millionths.One;

    public override long Value(Rule rule, ISlateFacts slate)
    {
        var most = 0;
        for (var place = 0; place < slate.Length; place++)
            most = Math.Max(most, (slate.History?.Shown(slate.ItemId(place), rule.Days!.Value) ?? 0) + 1);
        return most * Millionths.One;
    }

    public override RuleColumn? Column(Rule rule, ColumnSource source) => null;
}
