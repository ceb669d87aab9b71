using System.Collections.Immutable;
using AgentRec.Grains.Abstractions.Vectors;

namespace AgentRec.Grains.Vectors;

/// <summary>
/// Keeps collections in process and searches them exactly, on the caller's own thread. Nothing of it is stored: what a silo serves is
/// adopted from its model at every start.
/// </summary>
internal sealed class EmbeddedVectorIndex : IVectorIndex
{
    private const string Adopted = "adopted";
    private readonly Lock _writing = new();
    private volatile ImmutableDictionary<(string Tenant, string Name), Builds> _collections = ImmutableDictionary<(string Tenant, string Name), Builds>.Empty;

    /// <summary>Serves a table that is complete, without copying it.</summary>
    /// <param name="collection">The collection that it becomes; whatever it had before is dropped.</param>
    /// <param name="table">The table.</param>
    public void Adopt(VectorCollection collection, VectorTable table) => Change(collection, _ => Builds.Of(Adopted, table));

    /// <summary>Drops every collection of a tenant but one.</summary>
    /// <param name="kept">The one that stays.</param>
    public void DropOthers(VectorCollection kept) => Drop(key => key.Tenant == kept.Tenant && key.Name != kept.Name);

    public Task<ImmutableArray<ItemHit>> QueryAsync(VectorCollection collection, VectorQuery query, CancellationToken cancellationToken) =>
        Answer(collection, table => table.Query(query));

    public Task<long> CountAsync(VectorCollection collection, VectorFilter filter, CancellationToken cancellationToken) =>
        Answer(collection, table => table.CountOf(filter));

    public Task<VectorPage> ScrollAsync(VectorCollection collection, VectorFilter filter, string? next, int count, CancellationToken cancellationToken) =>
        Answer(collection, table => table.Scroll(filter, next, count));

    public Task EnsureAsync(VectorCollection build, VectorSchema schema, CancellationToken cancellationToken)
    {
        Change(build, builds =>
        {
            builds ??= Builds.None;
            if (!builds.Tables.TryGetValue(build.RequiredBuild, out var table))
                return builds with { Tables = builds.Tables.Add(build.RequiredBuild, PointTable.Of(schema, [])) };
            return table.Schema.Spaces.ToHashSet().SetEquals(schema.Spaces)
                ? builds
                : throw new VectorIndexException(VectorFailure.Refused, $"The build '{build.Build}' of collection '{build.Name}' has other vector spaces: choose another name for the build.");
        });
        return Task.CompletedTask;
    }

    public Task UpsertAsync(VectorCollection collection, ImmutableArray<VectorPoint> points, CancellationToken cancellationToken)
    {
        ChangeTable(collection, table =>
        {
            foreach (var (space, vector) in points.SelectMany(point => point.Vectors))
            {
                if (table.Schema.Problem(space, vector.AsSpan()) is { } problem)
                    throw new VectorIndexException(VectorFailure.Refused, $"A point is not for collection '{collection.Name}': {problem}.");
            }
            return PointTable.Changed(table, points, []);
        });
        return Task.CompletedTask;
    }

    public Task DeleteAsync(VectorCollection collection, ImmutableArray<string> itemIds, CancellationToken cancellationToken)
    {
        ChangeTable(collection, table => PointTable.Changed(table, [], itemIds));
        return Task.CompletedTask;
    }

    public Task<string?> ServedBuildAsync(VectorCollection collection, CancellationToken cancellationToken) =>
        Task.FromResult(_collections.GetValueOrDefault(Key(collection))?.Served);

    public Task SwitchAsync(VectorCollection build, CancellationToken cancellationToken)
    {
        Change(build, builds => builds?.Tables.GetValueOrDefault(build.RequiredBuild) is { } table
            ? Builds.Of(build.RequiredBuild, table)
            : throw Missing(build));
        return Task.CompletedTask;
    }

    public Task DropOthersAsync(VectorCollection kept, CancellationToken cancellationToken)
    {
        DropOthers(kept);
        return Task.CompletedTask;
    }

    public Task DeleteTenantAsync(string tenant, CancellationToken cancellationToken)
    {
        Drop(key => key.Tenant == tenant);
        return Task.CompletedTask;
    }

    private static (string Tenant, string Name) Key(VectorCollection collection) => (collection.Tenant, collection.Name);

    private static VectorIndexException Missing(VectorCollection collection) =>
        new(VectorFailure.Missing, $"There is no collection '{collection.Name}' of tenant '{collection.Tenant}'{(collection.Build is { } build ? $" with the build '{build}'" : "")}: fill it.");

    private VectorTable Table(VectorCollection collection) =>
        _collections.TryGetValue(Key(collection), out var builds) && builds.Find(collection.Build) is { } table ? table : throw Missing(collection);

    private Task<T> Answer<T>(VectorCollection collection, Func<VectorTable, T> question)
    {
        try
        {
            return Task.FromResult(question(Table(collection)));
        }
        catch (VectorIndexException exception)
        {
            return Task.FromException<T>(exception);
        }
    }

    private void ChangeTable(VectorCollection collection, Func<VectorTable, VectorTable> change) =>
        Change(collection, builds => builds?.Find(collection.Build) is { } table
            ? builds with { Tables = builds.Tables.SetItem(collection.Build ?? builds.Served!, change(table)) }
            : throw Missing(collection));

    private void Change(VectorCollection collection, Func<Builds?, Builds> change)
    {
        lock (_writing)
            _collections = _collections.SetItem(Key(collection), change(_collections.GetValueOrDefault(Key(collection))));
    }

    private void Drop(Func<(string Tenant, string Name), bool> isDropped)
    {
        lock (_writing)
            _collections = _collections.RemoveRange(_collections.Keys.Where(isDropped));
    }

    /// <summary>The builds of a collection.</summary>
    /// <param name="Served">The one that is served; null before the first switch.</param>
    /// <param name="Tables">All of them.</param>
    private sealed record Builds(string? Served, ImmutableDictionary<string, VectorTable> Tables)
    {
        public static Builds None { get; } = new(null, ImmutableDictionary<string, VectorTable>.Empty);

        public static Builds Of(string served, VectorTable table) => new(served, ImmutableDictionary<string, VectorTable>.Empty.Add(served, table));

        public VectorTable? Find(string? build) => (build ?? Served) is { } name ? Tables.GetValueOrDefault(name) : null;
    }
}
