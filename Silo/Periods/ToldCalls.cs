using AgentRec.Grains.Abstractions.Items;

namespace AgentRec.Silo;

/// <summary>Counts what item agents are told one way, so that the end of a period can wait for it.</summary>
internal sealed class ToldCalls : IOutgoingGrainCallFilter, IIncomingGrainCallFilter
{
    private long _sent;
    private long _heard;

    /// <summary>Messages that were sent.</summary>
    public long Sent => Interlocked.Read(ref _sent);

    /// <summary>Messages that were taken in.</summary>
    public long Heard => Interlocked.Read(ref _heard);

    /// <summary>True when nothing is under way.</summary>
    public bool AllHeard => Heard == Sent;

    public Task Invoke(IOutgoingGrainCallContext context)
    {
        if (IsTold(context))
            Interlocked.Increment(ref _sent);
        return context.Invoke();
    }

    public async Task Invoke(IIncomingGrainCallContext context)
    {
        await context.Invoke();
        if (IsTold(context))
            Interlocked.Increment(ref _heard);
    }

    private static bool IsTold(IGrainCallContext call) => call.MethodName is nameof(IItemAgent.Shown) or nameof(IItemAgent.Received);
}
