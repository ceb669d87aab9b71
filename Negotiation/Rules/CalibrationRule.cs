using AgentRec.Domain;

namespace AgentRec.Negotiation.Rules;

/// <summary>
/// The slate's facet shares in proportion to what the user takes to. The value is the violation: half the L1 distance between
/// the shares (<see cref="FacetVotes"/>) of the slate and of the user's positive interactions; the bound is 0. A user without
/// positive interactions has no target, and the rule is met. (Steck 2018, with total variation in place of divergence.)
/// </summary>
internal sealed class CalibrationRule : RuleBody
{
    public override RuleKind Kind => RuleKind.Attested;

    public override decimal? AtMost(Rule rule) => 0;

    public override bool IsKnown(Rule rule, IPrivateFacts history) => history.Target(rule.Facet!) is not null;

    public override bool IsPossible(long value) => value is >= 0 and <= Millionths.One;

    public override long Value(Rule rule, ISlateFacts slate)
    {
        if (slate.Length == 0 || slate.History?.Target(rule.Facet!) is not { Shares: { IsEmpty: false } target })
            return 0;
        var votes = new SortedDictionary<string, (long Cast, long Target)>(StringComparer.Ordinal);
        foreach (var share in target)
            votes[share.Value] = (0, share.Millionths);
        for (var place = 0; place < slate.Length; place++)
        {
            foreach (var (value, vote) in FacetVotes.Of(slate.Values(place, rule.Facet!)))
            {
                var (cast, wanted) = votes.GetValueOrDefault(value);
                votes[value] = (cast + vote, wanted);
            }
        }
        return FacetVotes.HalfDistance(votes.Values, slate.Length);
    }

    public override RuleColumn? Column(Rule rule, ColumnSource source) =>
        source.Target is { Shares.IsEmpty: false } target ? RuleColumn.OfShares(rule, source, target) : null;

    protected override long RoomAbove(long atMost, int length) => Millionths.One;
}
