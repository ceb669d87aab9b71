using System.Collections.Concurrent;
using System.Collections.Immutable;
using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Planning;
using AgentRec.Negotiation.Protocol;

namespace AgentRec.Grains.Planning;

/// <summary>Tells a client what each rule did to its slate.</summary>
internal static class PolicyExplanation
{
    /// <summary>The counterfactuals in the client's terms. The work is done beside the grain's own turn.</summary>
    /// <param name="approved">The approved slate.</param>
    /// <param name="table">What lay on the table.</param>
    /// <param name="bids">The bids that counted.</param>
    /// <param name="patience">How long: rules that are not reached by then are left out.</param>
    /// <param name="cancellationToken">Abandons the turn.</param>
    public static async Task<ImmutableArray<Counterfactual>> OfAsync(
        ApprovedResult approved, NegotiationTable table, ImmutableArray<Bid> bids, TimeSpan patience, CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var token = end.Token;
        var found = new ConcurrentQueue<RuleCounterfactual>();
        var protocol = NegotiationProtocols.Find(approved.Negotiation.Protocol) ?? new ConcessionProtocol();
        var told = Task.Run(() => Counterfactuals.TellAsync(table, bids, protocol, found.Enqueue, token), CancellationToken.None);
        try
        {
            await told.WaitAsync(patience, cancellationToken);
        }
        catch (TimeoutException)
        {
            // What is finished by now is the answer; the rest is given up.
            _ = told.ContinueWith(static late => late.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        }
        finally
        {
            await end.CancelAsync();
        }
        return [.. found.Select(Describe)];

        Counterfactual Describe(RuleCounterfactual without)
        {
            ImmutableArray<string> slate = [.. without.Slate.Select(candidate => candidate.ItemId)];
            return new Counterfactual(
                without.Rule.Id,
                without.Rule.Sentence,
                slate,
                [.. slate.Except(approved.Slate, StringComparer.Ordinal)],
                [.. approved.Slate.Except(slate, StringComparer.Ordinal)],
                Math.Round(without.UtilityKept, 2));
        }
    }
}
