using System.Collections.Immutable;
using System.Runtime.InteropServices;
using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Planning;
using AgentRec.Grains.Abstractions.Vectors;
using AgentRec.Grains.Serving;
using AgentRec.Grains.Tools;

namespace AgentRec.Grains.Vectors;

/// <summary>Finds items by words: the served model turns the words into a vector, the vector index finds what is near.</summary>
/// <param name="serving">What is served now.</param>
/// <param name="route">Which index answers.</param>
internal sealed class VectorItemSearch(ServingHost serving, VectorRoute route) : IItemSearch
{
    private const int Attempts = 3;

    public string Name => ToolNames.Vectors;

    public async ValueTask<ImmutableArray<Match>> SearchAsync(
        string tenant, string text, ImmutableArray<Constraint> constraints, int count, CancellationToken cancellationToken)
    {
        var filter = VectorFilter.Of(constraints.Where(constraint => constraint.Strength is ConstraintStrength.Hard));
        for (var attempt = 1; ; attempt++)
        {
            var state = serving.Current;
            try
            {
                // A scan takes longer than a grain may hold its thread.
                return await Task.Run(() => FindAsync(state, text, filter, count, cancellationToken), cancellationToken);
            }
            catch (VectorIndexException exception) when (exception.Failure is VectorFailure.Missing && attempt < Attempts)
            {
                // Dropped behind our back, or by the model that took this one's place: the silo's own index has what is served now.
                route.Lose(state);
            }
        }
    }

    private async Task<ImmutableArray<Match>> FindAsync(
        ServingState state, string text, VectorFilter filter, int count, CancellationToken cancellationToken)
    {
        var vector = ImmutableCollectionsMarshal.AsImmutableArray(state.Required.Space.EmbedText(text));
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
