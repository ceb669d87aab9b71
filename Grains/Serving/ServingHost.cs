using AgentRec.Domain;
using AgentRec.Grains.Vectors;
using AgentRec.Recommenders;

namespace AgentRec.Grains.Serving;

/// <summary>
/// A tenant's catalogue and model on a silo. Readers take <see cref="Current"/> once for a piece of work and keep to it; a change makes
/// a new state beside the old one and then takes its place. Changes come one after the other, so that none is lost.
/// </summary>
public sealed class ServingHost : IDisposable
{
    private readonly SemaphoreSlim _changing = new(1);
    private readonly EmbeddedVectorIndex _vectors;
    private readonly ScoringService _scores;
    private volatile ServingState _current;
    private volatile WeakReference<ServingState>[] _former = [];

    /// <summary>Serves nothing yet.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="vectors">The silo's own vector index, which holds what is served.</param>
    /// <param name="scores">The users' scores, which go with the model.</param>
    internal ServingHost(string tenant, EmbeddedVectorIndex vectors, ScoringService scores) =>
        (_current, _vectors, _scores) = (new ServingState(tenant, Catalogue.Empty, null, ""), vectors, scores);

    /// <summary>What is served now.</summary>
    public ServingState Current => _current;

    /// <summary>What work that began with a model goes on with: a model is here for as long as anybody holds its state.</summary>
    /// <param name="version">The model's version.</param>
    /// <returns>The newest state of that version; what is served now where there is none.</returns>
    public ServingState Of(string version)
    {
        var current = _current;
        if (string.Equals(current.Version, version, StringComparison.Ordinal))
            return current;
        foreach (var reference in _former)
        {
            if (reference.TryGetTarget(out var state) && string.Equals(state.Version, version, StringComparison.Ordinal))
                return state;
        }
        return current;
    }

    /// <summary>Begins with the stored catalogue; a model follows.</summary>
    /// <param name="catalogue">The whole stored catalogue.</param>
    internal void Open(Catalogue catalogue) => _current = _current with { Catalogue = catalogue, Model = null, Version = "" };

    /// <summary>Serves another model from now on.</summary>
    /// <param name="model">The model, over a catalogue that was served since the start; items that were put in the meantime are added.</param>
    /// <param name="version">Its version.</param>
    internal Task SwapAsync(RecommenderModel model, string version) => ChangeAsync(state =>
    {
        // The strata are the model's, the items are those of now.
        var caught = model.Catalogue.Items == state.Catalogue.Items
            ? model
            : model.WithCatalogue(state.Catalogue.WithPositives(model.Catalogue.PositiveCounts));
        return state with { Catalogue = caught.Catalogue, Model = caught, Version = version };
    });

    /// <summary>Serves new and changed items from now on.</summary>
    /// <param name="items">The items in the order in which they were stored.</param>
    public Task ExtendAsync(IReadOnlyList<Item> items) => ChangeAsync(state =>
    {
        var catalogue = state.Catalogue.Extend(items);
        return state with { Catalogue = catalogue, Model = state.Model?.WithCatalogue(catalogue) };
    });

    private async Task ChangeAsync(Func<ServingState, ServingState> change)
    {
        await _changing.WaitAsync();
        try
        {
            // Embedding the catalogue anew takes longer than a grain may hold its thread.
            await Task.Run(() => Serve(change(_current)));
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
        _former = [new(_current), .. _former.Where(reference => reference.TryGetTarget(out _))];
        _current = state;
        _vectors.DropOthers(state.Collection);
        _scores.Keep(state);
    }

    /// <inheritdoc/>
    public void Dispose() => _changing.Dispose();
}
