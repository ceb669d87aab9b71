namespace AgentRec.Tests.Contract;

[Collection(GatewayCollection.Name)]
public sealed class ClusterCallTests(GatewayHost gateway)
{
    [Fact]
    public async Task Cluster_IsShownSiloBySilo()
    {
        gateway.Cluster.Faults = 2;
        var (status, view) = await gateway.Call("GET", "/v1/cluster");

        Assert.Equal(200, status);
        Assert.Equal(("agentrec", 4), (view.GetProperty("cluster").GetString(), view.GetProperty("departed").GetInt32()));
        Assert.Equal(
            """{"name":"one","address":"10.0.0.1:11111@7","status":"active","startedAt":"2024-05-01T12:00:00Z","suspicions":0,"report":{"silo":"one","model":"m1","missing":[],"notes":[],"build":"1.2","tenants":[{"tenant":"default","model":"m1","items":3}]},"activations":{"UserAgent":3}}""",
            view.GetProperty("silos")[0].GetRawText());
        Assert.Equal(("two", 1), (view.GetProperty("silos")[1].GetProperty("name").GetString(), view.GetProperty("silos")[1].GetProperty("suspicions").GetInt32()));
        Assert.False(view.GetProperty("silos")[1].TryGetProperty("report", out _));
    }
}
