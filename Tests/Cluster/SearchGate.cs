using System.Collections.Immutable;
using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Planning;

namespace AgentRec.Tests.Cluster;

/// <summary>Stands before the vector tool, so that a test decides how well it is.</summary>
internal sealed class SearchGate
{
    private volatile Func<CancellationToken, Task>? _before;

    /// <summary>Does something before every search until the result is disposed.</summary>
    /// <param name="act">What is done; what it throws is the tool's failure.</param>
    public IDisposable Before(Func<CancellationToken, Task> act)
    {
        _before = act;
        return new Opening(this);
    }

    /// <summary>The tool behind the gate.</summary>
    public IItemSearch Guard(IItemSearch search) => new Guarded(this, search);

    private sealed class Guarded(SearchGate gate, IItemSearch search) : IItemSearch
    {
        public string Name => search.Name;

        public async ValueTask<ImmutableArray<Match>> SearchAsync(
            string tenant, string text, ImmutableArray<Constraint> constraints, int count, CancellationToken cancellationToken)
        {
            if (gate._before is { } before)
                await before(cancellationToken);
            return await search.SearchAsync(tenant, text, constraints, count, cancellationToken);
        }

        public async ValueTask<ImmutableArray<Match>> SimilarAsync(
            string tenant, string itemId, ImmutableArray<Constraint> constraints, int count, CancellationToken cancellationToken)
        {
            if (gate._before is { } before)
                await before(cancellationToken);
            return await search.SimilarAsync(tenant, itemId, constraints, count, cancellationToken);
        }
    }

    private sealed class Opening(SearchGate gate) : IDisposable
    {
        public void Dispose() => gate._before = null;
    }
}
