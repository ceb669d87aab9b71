namespace AgentRec.Tests.Cluster;

/// <summary>Holds calls to grains up, or does something before them, so that a test decides what happens when.</summary>
internal sealed class CallGate : IIncomingGrainCallFilter
{
    private volatile Func<IIncomingGrainCallContext, Task>? _before;
    private volatile Action<IIncomingGrainCallContext>? _after;

    public async Task Invoke(IIncomingGrainCallContext context)
    {
        if (_before is { } before)
            await before(context);
        await context.Invoke();
        _after?.Invoke(context);
    }

    /// <summary>Does something before every call of a method until the result is disposed.</summary>
    /// <typeparam name="T">The grain interface.</typeparam>
    /// <param name="method">The method's name.</param>
    /// <param name="act">Gets the grain's key and how many such calls came before.</param>
    public IDisposable Before<T>(string method, Func<string, int, Task> act)
    {
        var count = -1;
        _before = context => context.InterfaceMethod.DeclaringType == typeof(T) && context.InterfaceMethod.Name == method
            ? act(context.TargetId.Key.ToString()!, Interlocked.Increment(ref count))
            : Task.CompletedTask;
        return new Opening(this);
    }

    /// <summary>Does something after every call of a method, before its answer leaves, until the result is disposed.</summary>
    /// <typeparam name="T">The grain interface.</typeparam>
    /// <param name="method">The method's name.</param>
    /// <param name="act">What is done; what it throws is the answer.</param>
    public IDisposable After<T>(string method, Action act)
    {
        _after = context =>
        {
            if (context.InterfaceMethod.DeclaringType == typeof(T) && context.InterfaceMethod.Name == method)
                act();
        };
        return new Opening(this);
    }

    /// <summary>Hears of every call until the result is disposed.</summary>
    /// <param name="heard">Hears of it, before it is made.</param>
    public IDisposable Each(Action<IIncomingGrainCallContext> heard)
    {
        _before = context =>
        {
            heard(context);
            return Task.CompletedTask;
        };
        return new Opening(this);
    }

    private sealed class Opening(CallGate gate) : IDisposable
    {
        public void Dispose() => (gate._before, gate._after) = (null, null);
    }
}
