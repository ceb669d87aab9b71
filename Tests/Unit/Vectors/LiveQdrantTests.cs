using AgentRec.Grains.Abstractions.Vectors;

namespace AgentRec.Tests.Unit.Vectors;

/// <summary>Says whether a live Qdrant is among what is tested.</summary>
public sealed class LiveQdrantTests
{
    [LiveQdrantFact]
    public async Task LiveServer_IsTestedLikeTheOthers()
    {
        Assert.Contains(IndexUnderTest.Live, IndexUnderTest.Kinds);
        await using var it = await IndexUnderTest.OpenAsync(IndexUnderTest.Live);
        Assert.Null(await it.Index.ServedBuildAsync(new VectorCollection(it.Tenant("nobody"), "model 1"), default));
    }

    /// <summary>A test that needs a live server; skipped where none is named.</summary>
    [AttributeUsage(AttributeTargets.Method)]
    private sealed class LiveQdrantFactAttribute : FactAttribute
    {
        public LiveQdrantFactAttribute() => Skip = IndexUnderTest.LiveUrl is null ? "needs a Qdrant server: set QDRANT_URL, and QDRANT_API_KEY where it asks for a key" : null;
    }
}
