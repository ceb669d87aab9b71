using System.Collections.Immutable;
using System.Text.Json;
using System.Threading.Channels;
using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Planning;
using AgentRec.Grains.Serving;
using AgentRec.Negotiation.Protocol;

namespace AgentRec.Grains.Planning;

/// <summary>
/// Tells the steps of a turn in the client's terms: items by id, utilities as ratios of the opening's to two decimals, never
/// the figures themselves, which could betray a history.
/// </summary>
internal sealed class PlannerTrace(ChannelWriter<PlanStep> steps, ServingHost serving) : INegotiationObserver
{
    private double _openingUtility;

    /// <summary>Tells a step.</summary>
    /// <param name="kind">What happened.</param>
    /// <param name="details">The details, written as JSON.</param>
    public void Tell<T>(TurnEventKind kind, T details) =>
        steps.TryWrite(new PlanStep(kind, JsonSerializer.Serialize(details, DomainJson.Options), null));

    public void On(NegotiationEvent step)
    {
        switch (step)
        {
            case Widened widened:
                Tell(step.Kind, new { widened.Widenings, widened.WindowSize });
                break;
            case Opened opened:
                _openingUtility = opened.Utility;
                Tell(step.Kind, new { step = "opening", slate = Ids(opened.Slate), opened.WindowSize });
                break;
            case BidsPlaced placed:
                Tell(step.Kind, new
                {
                    placed.Invited,
                    // Who bid and why, but not how much: amounts follow from what all users did, and prices from what this one's other candidates are worth.
                    bids = placed.Bids.Select(bid => new { itemId = Id(bid.Handle), bid.Reason }),
                });
                break;
            case Objected objected:
                Tell(step.Kind, new { objected.Round, slate = Ids(objected.Slate), objections = objected.Objections.Select(Describe) });
                break;
            case RulesRelaxed relaxed:
                Tell(step.Kind, new { by = "policy", relaxed = relaxed.Relaxed.Select(rule => new { rule = rule.RuleId, rule.AtLeast, rule.AtMost, rule.Reason }) });
                break;
            case PlaceReserved reserved:
                Tell(step.Kind, new { by = "policy", exploration = Ids(reserved.Items) });
                break;
            case PlaceSold sold:
                Tell(step.Kind, new { sold.Place, itemId = Id(sold.Item) });
                break;
            case OffersWeighed weighed:
                Tell(step.Kind, new
                {
                    step = "weighed",
                    weighed.Round,
                    offers = weighed.Weights.Select(weight => new
                    {
                        weight.Agent, relevance = Math.Round(weight.Relevance, 2), reliability = Math.Round(weight.Reliability, 2), invalid = Math.Round(weight.Invalid, 2),
                    }),
                    rejected = Ids(weighed.Rejected),
                });
                break;
            case WorkEnded ended:
                Tell(step.Kind, new { step = "workEnded", objective = Ratio(ended.Objective), bound = Ratio(ended.Bound) });
                break;
            case StoodIn stoodIn:
                Tell(step.Kind, new { by = "planner", absent = stoodIn.Agents });
                break;
            case Proposed proposed:
                Tell(step.Kind, new
                {
                    proposed.Round,
                    origin = proposed.Origin,
                    slate = Ids(proposed.Slate),
                    utilityKept = Ratio(proposed.Utility),
                    proposed.Accepted,
                    missed = Ids(proposed.Missed),
                });
                break;
            case Conceded conceded:
                Tell(step.Kind, new
                {
                    by = "both",
                    conceded.Round,
                    lambda = Math.Round(conceded.Lambda, 2),
                    epsilon = Math.Round(conceded.Epsilon, 4),
                });
                break;
            case Arbitrated arbitrated:
                Tell(step.Kind, new { slate = Ids(arbitrated.Slate), utilityKept = Ratio(arbitrated.Utility), limit = Ratio(arbitrated.Limit) });
                break;
            case Settled settled:
                Tell(step.Kind, new { settled.Outcome, slate = Ids(settled.Slate), settled.Rounds, utilityKept = Ratio(settled.Utility) });
                break;
        }
    }

    private object Describe(Objection objection) => new
    {
        rule = objection.Reading.Rule.Id,
        sentence = objection.Reading.Rule.Sentence,
        severity = objection.Reading.Rule.Severity,
        value = objection.Reading.Value / 1_000_000.0,
        atLeast = objection.Reading.Rule.AtLeast,
        atMost = objection.Reading.Rule.AtMost,
        changes = objection.Changes.Select(Describe),
    };

    private object Describe(Change change) => change switch
    {
        Replace replace => new { @out = Id(replace.Out), @in = Id(replace.In) },
        Move move => new { move.From, move.To },
        _ => new { },
    };

    private double Ratio(double utility) => _openingUtility > 0 ? Math.Round(utility / _openingUtility, 2) : 1;

    private IEnumerable<string> Ids(ImmutableArray<int> handles) => handles.Select(Id);

    private string Id(int handle) => serving.Current.Catalogue.Item(handle).ItemId;
}
