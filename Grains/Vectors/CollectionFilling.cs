using AgentRec.Grains.Abstractions.Storage;
using AgentRec.Grains.Abstractions.Vectors;
using AgentRec.Grains.Serving;

namespace AgentRec.Grains.Vectors;

/// <summary>
/// Brings a collection of an index up to what is served. Silos that fill the same collection write the same points under the same
/// ids, and none deletes a point that it does not know: they can only complete each other's work.
/// </summary>
/// <param name="index">The index.</param>
/// <param name="registry">Knows which model is active.</param>
internal sealed class CollectionFilling(IVectorIndex index, IArtifactRegistry registry)
{
    private const int PageSize = 1_000;
    private const int BatchSize = 256;

    /// <summary>Fills the collection of a state and has it served.</summary>
    /// <param name="state">What is served.</param>
    /// <param name="filled">A state of the same model that is known to be in the collection, so that only the difference is written; null when nothing is known.</param>
    /// <param name="cancellationToken">Stops between two batches.</param>
    /// <returns>How many points were written.</returns>
    /// <exception cref="VectorIndexException">The index failed; what was written so far stays, and need not be written again.</exception>
    public async Task<int> FillAsync(ServingState state, ServingState? filled, CancellationToken cancellationToken)
    {
        var table = ModelTable.Of(state.Required);
        var build = state.Collection with { Build = BuildOf(table.Schema) };
        await index.EnsureAsync(build, table.Schema, cancellationToken);
        var written = await WriteAsync(build, table, filled is null ? await MissingAsync(build, table, cancellationToken) : Changed(state, filled), cancellationToken);
        if (filled is not null)
            return written;

        var count = await index.CountAsync(build, VectorFilter.None, cancellationToken);
        if (count < table.Count)
            throw new VectorIndexException(VectorFailure.Unreadable, $"Collection '{build.Name}' holds {count} points after {table.Count} were put: look for what else writes to it.");
        if (await index.ServedBuildAsync(build, cancellationToken) != build.Build)
            await index.SwitchAsync(build, cancellationToken);
        // A silo that still serves an older model leaves the active one's collection alone.
        if (await registry.ActiveAsync(build.Tenant, cancellationToken) is { } active && active.Version == state.Version)
            await index.DropOthersAsync(build, cancellationToken);
        return written;
    }

    /// <summary>Builds of equal spaces are the same build: whoever begins one goes on with what others began.</summary>
    private static string BuildOf(VectorSchema schema)
    {
        var hash = 0UL;
        foreach (var space in schema.Spaces)
            hash = StableHash.Of(StableHash.Of(StableHash.Of(hash, space.Name), (ulong)space.Size), (ulong)space.Similarity);
        return $"v1-{hash:x16}";
    }

    private static int[] Changed(ServingState state, ServingState filled) =>
    [
        .. Enumerable.Range(0, state.Catalogue.Count)
            .Where(handle => handle >= filled.Catalogue.Count || !ReferenceEquals(state.Catalogue.Item(handle), filled.Catalogue.Item(handle))),
    ];

    private async Task<int[]> MissingAsync(VectorCollection build, VectorTable table, CancellationToken cancellationToken)
    {
        var stamps = new Dictionary<string, string>(StringComparer.Ordinal);
        string? next = null;
        do
        {
            var page = await index.ScrollAsync(build, VectorFilter.None, next, PageSize, cancellationToken);
            foreach (var record in page.Records)
                stamps[record.ItemId] = record.Stamp;
            next = page.Next;
        }
        while (next is not null);
        return [.. Enumerable.Range(0, table.Count).Where(row => !stamps.TryGetValue(table.ItemId(row), out var stamp) || stamp != table.Point(row).Stamp)];
    }

    private async Task<int> WriteAsync(VectorCollection build, VectorTable table, int[] rows, CancellationToken cancellationToken)
    {
        foreach (var batch in rows.Chunk(BatchSize))
            await index.UpsertAsync(build, [.. batch.Select(table.Point)], cancellationToken);
        return rows.Length;
    }
}
