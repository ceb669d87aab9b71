using System.Collections.Concurrent;
using AgentRec.Grains.Abstractions.Vectors;
using AgentRec.Grains.Serving;

namespace AgentRec.Grains.Vectors;

/// <summary>
/// Decides which index answers: the external one once it holds everything that is served, the silo's own until then and whenever
/// there is no other.
/// </summary>
/// <param name="embedded">The silo's own index.</param>
/// <param name="external">The external index; null where none is configured.</param>
internal sealed class VectorRoute(EmbeddedVectorIndex embedded, IVectorIndex? external)
{
    private readonly ConcurrentDictionary<string, ServingState> _complete = new(StringComparer.Ordinal);

    /// <summary>The index that answers for a state.</summary>
    public IVectorIndex For(ServingState state) => external is not null && IsComplete(state) ? external : embedded;

    /// <summary>True when the external index holds everything of a state.</summary>
    public bool IsComplete(ServingState state) => ReferenceEquals(_complete.GetValueOrDefault(state.Tenant), state);

    /// <summary>The external index holds everything of a state.</summary>
    public void Complete(ServingState state) => _complete[state.Tenant] = state;

    /// <summary>The external index no longer holds a state: it has to be filled anew.</summary>
    public void Lose(ServingState state) => _complete.TryRemove(new(state.Tenant, state));
}
