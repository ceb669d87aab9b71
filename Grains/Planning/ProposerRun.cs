using AgentRec.Domain;
using AgentRec.Negotiation.Proposals;
using AgentRec.Negotiation.Protocol;

namespace AgentRec.Grains.Planning;

/// <summary>What came of asking a proposer.</summary>
/// <param name="Claim">What it claims; null when it failed or the offer is stale.</param>
/// <param name="Failure">Why there is no claim; null otherwise.</param>
internal sealed record ProposerOutcome(SlateClaim? Claim, string? Failure)
{
    /// <summary>True when the user agent could no longer recompute its offer.</summary>
    public bool IsStale => Claim is null && Failure is null;
}

/// <summary>
/// Asks a proposer within a turn's patience. It runs beside the grain's own turn: whatever it does with its time, the turn
/// goes on, and what it says afterwards is not heard.
/// </summary>
internal static class ProposerRun
{
    /// <summary>Asks.</summary>
    /// <param name="proposer">Whom.</param>
    /// <param name="table">What lies on the table.</param>
    /// <param name="parties">The agents.</param>
    /// <param name="observer">Hears the steps, until the answer or the end of patience.</param>
    /// <param name="patience">How long.</param>
    /// <param name="cancellationToken">Abandons the turn.</param>
    public static async Task<ProposerOutcome> AskAsync(
        ISlateProposer proposer, NegotiationTable table, IParties parties, INegotiationObserver observer, TimeSpan patience, CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var gate = new Gate(observer);
        // The token must not be read after this method has returned, however long the proposer goes on.
        var token = end.Token;
        // Who comes from outside may block its thread: it gets one of its own, so that the pool's are left to everybody else.
        var manner = proposer is ProtocolProposer ? TaskCreationOptions.DenyChildAttach : TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach;
        var asked = Task.Factory.StartNew(() => proposer.ProposeAsync(table, parties, gate, token), CancellationToken.None, manner, TaskScheduler.Default).Unwrap();
        try
        {
            return new ProposerOutcome(await asked.WaitAsync(patience, cancellationToken), null);
        }
        catch (TimeoutException)
        {
            return new ProposerOutcome(null, "took too long");
        }
        catch (ProposalException broken)
        {
            return new ProposerOutcome(null, broken.Message);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            return new ProposerOutcome(null, $"failed with {exception.GetType().Name}");
        }
        finally
        {
            gate.Close();
            await end.CancelAsync();
            _ = asked.ContinueWith(static late => late.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        }
    }

    /// <summary>Lets steps through until it is closed.</summary>
    private sealed class Gate(INegotiationObserver inner) : INegotiationObserver
    {
        private readonly Lock _lock = new();
        private bool _closed;

        public void Close()
        {
            lock (_lock)
                _closed = true;
        }

        public void On(NegotiationEvent step)
        {
            lock (_lock)
            {
                if (!_closed)
                    inner.On(step);
            }
        }
    }
}
