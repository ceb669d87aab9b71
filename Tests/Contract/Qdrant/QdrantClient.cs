using AgentRec.Grains.Abstractions.Vectors;
using AgentRec.Tests.Unit.Vectors;

namespace AgentRec.Tests.Contract.Qdrant;

/// <summary>A client of the in-test server, and every call that it can make.</summary>
internal static class QdrantClient
{
    public const string Key = "a-key-that-nobody-may-read";

    /// <summary>A collection as the calls use it.</summary>
    public static VectorCollection Build { get; } = new("tenant", "model 1", "b1");

    /// <summary>The calls of the interface, by name.</summary>
    public static SortedDictionary<string, Func<IVectorIndex, CancellationToken, Task>> Calls { get; } = new(StringComparer.Ordinal)
    {
        ["count"] = (index, token) => index.CountAsync(Build, VectorFilter.None, token),
        ["delete"] = (index, token) => index.DeleteAsync(Build, ["a"], token),
        ["delete tenant"] = (index, token) => index.DeleteTenantAsync("tenant", token),
        ["drop others"] = (index, token) => index.DropOthersAsync(Build, token),
        ["ensure"] = (index, token) => index.EnsureAsync(Build, Points.Schema, token),
        ["query"] = (index, token) => index.QueryAsync(Build, Points.Near([1, 0, 0, 0], 10, Points.Must(Points.Any("genre", "a secret wish"))), token),
        ["scroll"] = (index, token) => index.ScrollAsync(Build, VectorFilter.None, null, 10, token),
        ["served build"] = (index, token) => index.ServedBuildAsync(Build, token),
        ["switch"] = (index, token) => index.SwitchAsync(Build, token),
        ["upsert"] = (index, token) => index.UpsertAsync(Build, [Points.Of("a", [1, 0, 0, 0])], token),
    };

    /// <summary>A client with little patience.</summary>
    public static IndexUnderTest Of(QdrantServer server, params (string Name, string Value)[] options) => IndexUnderTest.Over(
        null, [("Endpoint", server.Url), ("QueryTimeoutMilliseconds", "60000"), ("RetryDelayMilliseconds", "1"), ("BreakAfterCalls", "1000"), .. options]);

    /// <summary>Makes the collection of the calls.</summary>
    public static async Task FillAsync(this IVectorIndex index)
    {
        await index.EnsureAsync(Build, Points.Schema, default);
        await index.UpsertAsync(Build, [Points.Of("a", [1, 0, 0, 0], ("genre", ["Drama"])), Points.Of("b", [0, 1, 0, 0])], default);
        await index.SwitchAsync(Build, default);
    }
}
