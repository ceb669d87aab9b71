using AgentRec.Grains.Abstractions.Keys;
using AgentRec.Grains.Abstractions.Operations;
using Orleans.Runtime.Placement;

namespace AgentRec.Grains.Operations;

/// <summary>Asks a given silo itself, through the probe that lives on it. Who does not answer soon is left out, and holds nobody up.</summary>
/// <param name="grains">Finds the probes.</param>
/// <param name="time">The clock to wait by.</param>
internal sealed class SiloProbes(IGrainFactory grains, TimeProvider time)
{
    /// <summary>How long an answer is waited for: twice this, for a list of silos and then for the silos, is below what a gateway waits.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(750);

    /// <summary>Asks a silo.</summary>
    /// <typeparam name="T">The answer.</typeparam>
    /// <param name="tenant">Of which tenant.</param>
    /// <param name="silo">The silo.</param>
    /// <param name="question">The question.</param>
    /// <returns>Null where it did not answer.</returns>
    public Task<T?> AskAsync<T>(string tenant, SiloAddress silo, Func<ISiloProbeGrain, Task<T?>> question)
        where T : class
    {
        RequestContext.Set(IPlacementDirector.PlacementHintKey, silo);
        try
        {
            return AnswerAsync(question(grains.GetGrain<ISiloProbeGrain>(GrainKey.Silo(tenant, silo.ToParsableString()))));
        }
        finally
        {
            RequestContext.Remove(IPlacementDirector.PlacementHintKey);
        }
    }

    /// <summary>Waits for an answer as long as for a silo's.</summary>
    /// <typeparam name="T">The answer.</typeparam>
    /// <param name="asked">What was asked.</param>
    /// <returns>Null where there is no answer.</returns>
    public async Task<T?> AnswerAsync<T>(Task<T?> asked)
        where T : class
    {
        try
        {
            return await asked.WaitAsync(Patience, time);
        }
        // An earlier build does not know every question.
        catch (Exception exception) when (exception is TimeoutException or OrleansException or System.Net.Sockets.SocketException or NotSupportedException or NotImplementedException)
        {
            Leave(asked);
            return null;
        }
    }

    /// <summary>Lets go of a call whose late answer, or fault, is of no use to anybody.</summary>
    /// <param name="asked">What was asked.</param>
    public static void Leave(Task asked) =>
        _ = asked.ContinueWith(static late => late.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
}
