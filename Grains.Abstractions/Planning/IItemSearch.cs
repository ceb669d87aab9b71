using System.Collections.Immutable;
using AgentRec.Domain;

namespace AgentRec.Grains.Abstractions.Planning;

/// <summary>The vector retrieval tool: finds items by what they are, without knowing for whom.</summary>
public interface IItemSearch
{
    /// <summary>The tool's name, as traces and <c>degraded</c> show it.</summary>
    string Name { get; }

    /// <summary>Finds the items that answer a text.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="text">The words.</param>
    /// <param name="constraints">Hard constraints that every hit must meet.</param>
    /// <param name="count">The greatest number of hits.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Hits, best first, with similarities in [0,1].</returns>
    ValueTask<ImmutableArray<Match>> SearchAsync(
        string tenant, string text, ImmutableArray<Constraint> constraints, int count, CancellationToken cancellationToken);

    /// <summary>Finds the items that are like an item, by what they are and not by their titles.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="itemId">The item; nothing is like one that is not known.</param>
    /// <param name="constraints">Hard constraints that every hit must meet.</param>
    /// <param name="count">The greatest number of hits.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Hits without the item itself, best first, with similarities in [0,1].</returns>
    ValueTask<ImmutableArray<Match>> SimilarAsync(
        string tenant, string itemId, ImmutableArray<Constraint> constraints, int count, CancellationToken cancellationToken);
}
