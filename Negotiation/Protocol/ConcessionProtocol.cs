using AgentRec.Domain;

namespace AgentRec.Negotiation.Protocol;

/// <summary>The protocol in which both sides concede over rounds until they agree.</summary>
public static class ConcessionProtocol
{
    /// <summary>The protocol's name in policies, results and certificates.</summary>
    public const string Name = "concession";

    /// <summary>Negotiates a slate.</summary>
    /// <param name="table">What lies on the table.</param>
    /// <param name="parties">The agents.</param>
    /// <param name="observer">Hears every step.</param>
    /// <param name="cancellationToken">Ends the negotiation.</param>
    public static async Task<NegotiationResult> NegotiateAsync(
        NegotiationTable table, IParties parties, INegotiationObserver observer, CancellationToken cancellationToken)
    {
        var opening = Opening.Of(table.Window.Candidates, table.SlateSize);
        var utility = Utility.Of(opening);
        var slate = opening.Select(candidate => candidate.Handle).ToArray();
        await parties.RespondAsync([.. slate], 1, cancellationToken).ConfigureAwait(false);
        observer.On(new Settled(NegotiationOutcome.Agreed, [.. slate], 1, utility, utility));
        return new NegotiationResult(table, opening, IsStale: false, Name, NegotiationOutcome.Agreed, 1, utility, utility, utility, 0, 0, [], [], [], opening, new SearchEffort(0, IsProven: true), "", "");
    }
}
