using AgentRec.Domain;
using AgentRec.Grains.Vectors;
using AgentRec.Recommenders;

namespace AgentRec.Grains.Serving;

/// <summary>
/// The silo's catalogue and model. Readers take <see cref="Current"/> once for a piece of work and keep to it; a change makes
/// a new state beside the old one and then takes its place.
/// </summary>
public sealed class ServingHost : IDisposable
{
    private readonly SemaphoreSlim _changing = new(1);
    private readonly EmbeddedVectorIndex _vectors;
    private volatile ServingState _current = ServingState.Empty;

    /// <summary>Serves nothing yet.</summary>
    /// <param name="vectors">The silo's own vector index, which holds what is served.</param>
    internal ServingHost(EmbeddedVectorIndex vectors) => _vectors = vectors;

    /// <summary>What is served now.</summary>
    public ServingState Current => _current;

    /// <summary>Serves another model from now on.</summary>
    /// <param name="model">The model, over the whole stored catalogue.</param>
    /// <param name="version">Its version.</param>
    public void Activate(RecommenderModel model, string version) => Serve(new ServingState(model.Catalogue, model, version));

    /// <summary>Serves new and changed items from now on.</summary>
    /// <param name="items">The items in the order in which they were stored.</param>
    public async Task ExtendAsync(IReadOnlyList<Item> items)
    {
        await _changing.WaitAsync();
        try
        {
            var (state, catalogue) = (_current, _current.Catalogue.Extend(items));
            // Embedding the catalogue anew takes longer than a grain may hold its thread.
            await Task.Run(() => Serve(state with { Catalogue = catalogue, Model = state.Model?.WithCatalogue(catalogue) }));
        }
        finally
        {
            _changing.Release();
        }
    }

    private void Serve(ServingState state)
    {
        // Vectors first: whoever reads the new state finds them there.
        if (state.Model is { } model)
            _vectors.Adopt(state.Collection, ModelTable.Of(model));
        _current = state;
        _vectors.DropOthers(state.Collection);
    }

    /// <inheritdoc/>
    public void Dispose() => _changing.Dispose();
}
