using System.Collections.Immutable;
using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Planning;

namespace AgentRec.Grains.Serving;

/// <summary>Vector retrieval in process: an exact scan over the vectors of the catalogue's own text and facets.</summary>
/// <param name="serving">What is served now.</param>
internal sealed class EmbeddedItemSearch(ServingHost serving) : IItemSearch
{
    public string Name => "vectors";

    public async ValueTask<ImmutableArray<Match>> SearchAsync(
        string tenant, string text, ImmutableArray<Constraint> constraints, int count, CancellationToken cancellationToken)
    {
        var model = serving.Current.Required;
        ImmutableArray<Constraint> hard = [.. constraints.Where(constraint => constraint.Strength is ConstraintStrength.Hard)];
        return await Task.Run(Search, cancellationToken);

        ImmutableArray<Match> Search()
        {
            var query = model.Space.EmbedText(text);
            var hits = model.Index.Search(query, count, hard.IsEmpty ? null : Admits);
            // A text without a known word finds nothing, rather than anything. The best hit of the catalogue counts as a full answer.
            return hits is [{ Similarity: > 0 } best, ..]
                ? [.. hits.Where(hit => hit.Similarity > 0).Select(hit => new Match(hit.Handle, hit.Similarity / best.Similarity))]
                : [];
        }

        bool Admits(int handle) => hard.All(constraint => constraint.IsMetBy(model.Catalogue.Values(handle, constraint.Facet)));
    }
}
