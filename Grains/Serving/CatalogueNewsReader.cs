using AgentRec.Grains.Abstractions.Storage;
using AgentRec.Recommenders;

namespace AgentRec.Grains.Serving;

/// <summary>
/// Brings what the silo serves a tenant up to what is stored: items may be put through any silo, and each reads on from where it has read
/// up to.
/// </summary>
/// <param name="store">The stored catalogue.</param>
/// <param name="serving">What is served.</param>
internal sealed class CatalogueNewsReader(ICatalogueStore store, ServingHost serving) : IDisposable
{
    private const long Nothing = -1;

    private readonly SemaphoreSlim _one = new(1);
    private long _known = Nothing;

    /// <summary>Begins with the whole stored catalogue, and no model.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Catalogue> OpenAsync(CancellationToken cancellationToken)
    {
        var news = await store.ReadNewsAsync(serving.Current.Tenant, Nothing, cancellationToken);
        var catalogue = Catalogue.Create(news.Items);
        serving.Open(catalogue);
        _known = news.Known;
        return catalogue;
    }

    /// <summary>Serves what was put before the call, through whichever silo.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            var news = await store.ReadNewsAsync(serving.Current.Tenant, _known, cancellationToken);
            if (news.Items.Count == 0)
                return;
            await serving.ExtendAsync(news.Items);
            _known = news.Known;
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Makes sure that this silo knows items of which another one spoke.</summary>
    /// <param name="handles">The items.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public ValueTask CoverAsync(IEnumerable<int> handles, CancellationToken cancellationToken) =>
        handles.Any(handle => handle >= serving.Current.Catalogue.Count) ? new ValueTask(CatchUpAsync(cancellationToken)) : ValueTask.CompletedTask;

    public void Dispose() => _one.Dispose();
}
