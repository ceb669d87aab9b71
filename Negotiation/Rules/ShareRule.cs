using AgentRec.Domain;

namespace AgentRec.Negotiation.Rules;

/// <summary>
/// What <see cref="CountRule"/> counts as a part of the slate's length. The value is rounded to millionths and a bound holds
/// exactly when the rounded value keeps it; an empty slate has the share 0.
/// </summary>
internal sealed class ShareRule : RuleBody
{
    private static readonly CountRule Counted = new();

    public override long Value(Rule rule, ISlateFacts slate)
    {
        if (slate.Length == 0)
            return 0;
        var carriers = CountRule.Carriers(rule, slate);
        return carriers is { } count ? Millionths.Part(count, slate.Length) : Millionths.Of(rule.AtLeast!.Value);
    }

    public override RuleColumn Column(Rule rule, ColumnSource source) => Counted.Column(rule, source, ColumnUnit.Part);

    protected override long RoomAbove(long atMost, int length) => Math.Max(Millionths.One - atMost, 1);
}
