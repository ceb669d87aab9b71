using System.Text;
using AgentRec.Domain;
using AgentRec.Negotiation.Certificates;

namespace AgentRec.Negotiation.Protocol;

/// <summary>Writes down every step in canonical form, one JSON object a line, and passes it on.</summary>
internal sealed class Transcript(IFacetSource facets, INegotiationObserver observer) : INegotiationObserver
{
    private readonly StringBuilder _text = new();

    public string Text => _text.ToString();

    public string Digest => CanonicalJson.Digest(Text);

    public void On(NegotiationEvent step)
    {
        _text.Append(CanonicalJson.Write(Write(step))).Append('\n');
        observer.On(step);
    }

    private CanonicalObject Write(NegotiationEvent step) => step switch
    {
        Widened(var widenings, var size) => Step("widened", ("widenings", Integer(widenings)), ("windowSize", Integer(size))),
        Opened opened => Step(
            "opened",
            ("slate", Slate(opened.Slate)),
            ("utility", Number(opened.Utility)),
            ("cut", Number(opened.Cut)),
            ("windowSize", Integer(opened.WindowSize))),
        BidsPlaced placed => Step("bids", ("invited", Integer(placed.Invited)), ("bids", Array(placed.Bids, Write))),
        Objected objected => Step(
            "objected",
            ("round", Integer(objected.Round)),
            ("slate", Slate(objected.Slate)),
            ("objections", Array(objected.Objections, Write))),
        RulesRelaxed relaxed => Step("relaxed", ("rules", Array(relaxed.Relaxed, Write))),
        PlaceReserved reserved => Step("reserved", ("items", Slate(reserved.Items))),
        PlaceSold sold => Step(
            "sold",
            ("place", Integer(sold.Place)),
            ("itemId", Item(sold.Item)),
            ("bid", Number(sold.Bid)),
            ("price", Number(sold.Price))),
        OffersWeighed weighed => Step(
            "weighed",
            ("round", Integer(weighed.Round)),
            ("weights", Array(weighed.Weights, Write)),
            ("rejected", Slate(weighed.Rejected))),
        WorkEnded ended => Step("workEnded", ("objective", Number(ended.Objective)), ("bound", Number(ended.Bound))),
        StoodIn stoodIn => Step("stoodIn", ("agents", Array(stoodIn.Agents, agent => new CanonicalString(agent)))),
        Proposed proposed => Step(
            "proposed",
            ("round", Integer(proposed.Round)),
            ("origin", Name(proposed.Origin)),
            ("slate", Slate(proposed.Slate)),
            ("utility", Number(proposed.Utility)),
            ("objective", Number(proposed.Objective)),
            ("accepted", Integer(proposed.Accepted ? 1 : 0)),
            ("missed", Slate(proposed.Missed))),
        Conceded conceded => Step(
            "conceded",
            ("round", Integer(conceded.Round)),
            ("lambda", Number(conceded.Lambda)),
            ("epsilon", Number(conceded.Epsilon)),
            ("limit", Number(conceded.Limit))),
        Arbitrated arbitrated => Step(
            "arbitrated",
            ("slate", Slate(arbitrated.Slate)),
            ("utility", Number(arbitrated.Utility)),
            ("limit", Number(arbitrated.Limit))),
        Settled settled => Step(
            "settled",
            ("outcome", Name(settled.Outcome)),
            ("slate", Slate(settled.Slate)),
            ("rounds", Integer(settled.Rounds)),
            ("utility", Number(settled.Utility)),
            ("objective", Number(settled.Objective))),
        _ => throw new InvalidOperationException($"The transcript has no form for {step.GetType().Name}."),
    };

    private CanonicalObject Write(Bid bid) => Object(("itemId", Item(bid.Handle)), ("amount", Number(bid.Amount)));

    private static CanonicalObject Write(OfferWeight weight) => Object(
        ("agent", new CanonicalString(weight.Agent)),
        ("relevance", Number(weight.Relevance)),
        ("reliability", Number(weight.Reliability)),
        ("invalid", Number(weight.Invalid)));

    private CanonicalObject Write(Objection objection) => Object(
        ("rule", new CanonicalString(objection.Reading.Rule.Id)),
        ("value", Integer(objection.Reading.Value)),
        ("changes", Array(objection.Changes, Write)));

    private CanonicalObject Write(Change change) => change switch
    {
        Replace(var leaving, var coming) => Object(("out", Item(leaving)), ("in", Item(coming))),
        Move(var from, var to) => Object(("from", Integer(from)), ("to", Integer(to))),
        _ => throw new InvalidOperationException($"The transcript has no form for {change.GetType().Name}."),
    };

    private static CanonicalObject Write(RelaxedRule relaxed)
    {
        var members = new List<(string, CanonicalValue)> { ("rule", new CanonicalString(relaxed.RuleId)) };
        if (relaxed.AtLeast is { } least)
            members.Add(("atLeast", Integer(Millionths.Of(least))));
        if (relaxed.AtMost is { } most)
            members.Add(("atMost", Integer(Millionths.Of(most))));
        return Object([.. members]);
    }

    private CanonicalString Item(int handle) => new(facets.Item(handle).ItemId);

    private CanonicalArray Slate(IReadOnlyCollection<int> handles) => Array(handles, Item);

    private static CanonicalArray Array<T>(IEnumerable<T> items, Func<T, CanonicalValue> write) => new([.. items.Select(write)]);

    private static CanonicalString Name<T>(T name)
        where T : struct, Enum => new(EnumText.Of(name));

    private static CanonicalInteger Integer(long number) => new(number);

    private static CanonicalInteger Number(double number) => new(Millionths.Of(number));

    private static CanonicalObject Step(string name, params (string Name, CanonicalValue Value)[] members) =>
        Object([("step", new CanonicalString(name)), .. members]);

    private static CanonicalObject Object(params (string Name, CanonicalValue Value)[] members) =>
        new([.. members.Select(member => KeyValuePair.Create(member.Name, member.Value))]);
}
