using System.Collections.Immutable;
using System.Runtime.InteropServices;
using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Planning;
using AgentRec.Grains.Abstractions.Vectors;
using AgentRec.Grains.Serving;
using AgentRec.Grains.Tenants;
using AgentRec.Grains.Tools;

namespace AgentRec.Grains.Vectors;

/// <summary>Finds items by words or by likeness: the tenant's served model turns them into a vector, the vector index finds what is near.</summary>
/// <param name="tenants">Know what is served now.</param>
/// <param name="route">Which index answers.</param>
internal sealed class VectorItemSearch(ServedTenants tenants, VectorRoute route) : IItemSearch
{
    private const int Attempts = 3;

    public string Name => ToolNames.Vectors;

    public ValueTask<ImmutableArray<Match>> SearchAsync(
        string tenant, string text, ImmutableArray<Constraint> constraints, int count, CancellationToken cancellationToken) =>
        SearchAsync(tenants.Of(tenant).Serving, state => state.Required.EmbedText(text), constraints, count, cancellationToken);

    public async ValueTask<ImmutableArray<Match>> SimilarAsync(
        string tenant, string itemId, ImmutableArray<Constraint> constraints, int count, CancellationToken cancellationToken)
    {
        var serving = tenants.Of(tenant).Serving;
        if (!serving.Current.Catalogue.TryHandle(itemId, out var handle))
            return [];
        // The item itself is what is most like it, and is left out.
        var matches = await SearchAsync(serving, state => Meaning(state, handle), constraints, count + 1, cancellationToken);
        return [.. matches.Where(match => match.Handle != handle).Take(count)];
    }

    /// <summary>The part of an item's vector that says what it is; a shared word in the title makes nothing alike.</summary>
    private static float[] Meaning(ServingState state, int handle)
    {
        var space = state.Required.Space;
        var vector = space.Embed(state.Catalogue.Item(handle));
        Array.Clear(vector, space.MeaningDimension, vector.Length - space.MeaningDimension);
        return vector;
    }

    private async ValueTask<ImmutableArray<Match>> SearchAsync(
        ServingHost serving, Func<ServingState, float[]> embed, ImmutableArray<Constraint> constraints, int count, CancellationToken cancellationToken)
    {
        var filter = VectorFilter.Of(constraints.Where(constraint => constraint.Strength is ConstraintStrength.Hard));
        for (var attempt = 1; ; attempt++)
        {
            var state = serving.Current;
            try
            {
                // A scan takes longer than a grain may hold its thread.
                return await Task.Run(() => FindAsync(state, embed(state), filter, count, cancellationToken), cancellationToken);
            }
            catch (VectorIndexException exception) when (exception.Failure is VectorFailure.Missing && attempt < Attempts)
            {
                // Dropped behind our back, or by the model that took this one's place: the silo's own index has what is served now.
                route.Lose(state);
            }
        }
    }

    private async Task<ImmutableArray<Match>> FindAsync(
        ServingState state, float[] embedded, VectorFilter filter, int count, CancellationToken cancellationToken)
    {
        var vector = ImmutableCollectionsMarshal.AsImmutableArray(embedded);
        var query = new VectorQuery(VectorSpaces.Content, vector, filter, count);
        return Matches(await route.For(state).QueryAsync(state.Collection, query, cancellationToken), state);
    }

    private static ImmutableArray<Match> Matches(ImmutableArray<ItemHit> hits, ServingState state)
    {
        // A text without a known word finds nothing, rather than anything. The best hit of the catalogue counts as a full answer.
        if (hits is not [{ Similarity: > 0 } best, ..])
            return [];
        var matches = ImmutableArray.CreateBuilder<Match>(hits.Length);
        foreach (var hit in hits)
        {
            if (hit.Similarity > 0 && state.Catalogue.TryHandle(hit.ItemId, out var handle))
                matches.Add(new Match(handle, hit.Similarity / best.Similarity));
        }
        return matches.DrainToImmutable();
    }
}
