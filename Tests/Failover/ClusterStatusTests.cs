using System.Globalization;
using System.Text.Json;
using AgentRec.Tests.EndToEnd;
using AgentRec.Tests.PostgreSql;

namespace AgentRec.Tests.Failover;

/// <summary>The command that shows a cluster, on one of several processes.</summary>
[Collection(ProcessCollection.Name)]
public sealed class ClusterStatusTests
{
    [PostgreSqlFact, Trait("Category", "EndToEnd")]
    public async Task Status_OfTwoSilosOfWhichOneFreezes_ShowsBothAndThenOneReady()
    {
        await using var cluster = await TestCluster.StartAsync(silos: 2, gateways: 1);
        var url = cluster.Gateways[0].Address.ToString();

        var (code, output, error) = await CliProcess.RunAsync("cluster", "status", "--url", url, "--json");
        Assert.True(code == 0, output + error);
        using (var all = JsonDocument.Parse(output))
        {
            var silos = all.RootElement.GetProperty("silos").EnumerateArray().ToArray();
            Assert.Equal(2, silos.Length);
            Assert.All(silos, silo => Assert.True(IsReady(silo)));
            Assert.Single(silos.Select(silo => silo.GetProperty("report").GetProperty("model").GetString()).Distinct(StringComparer.Ordinal));
            Assert.Equal(2, silos.Select(silo => silo.GetProperty("address").GetString()).Distinct(StringComparer.Ordinal).Count());
        }
        var (_, table, _) = await CliProcess.RunAsync("cluster", "status", "--url", url);
        Assert.Contains("Cluster agentrec: 2 of 2 silos ready", table, StringComparison.Ordinal);

        var database = new Dictionary<string, string>(StringComparer.Ordinal) { ["AGENTREC_Store__ConnectionString"] = cluster.ConnectionString };
        (code, output, error) = await CliProcess.RunAsync(database, "cluster", "status", "--store", "postgresql", "--json");
        Assert.True(code == 0, output + error);
        using (var members = JsonDocument.Parse(output))
            Assert.All(members.RootElement.GetProperty("members").EnumerateArray(), static member => Assert.Equal("active", member.GetProperty("status").GetString()));
        (_, table, _) = await CliProcess.RunAsync(database, "cluster", "status", "--store", "postgresql");
        Assert.Contains("2 of 2 silos active", table, StringComparison.Ordinal);
        Assert.DoesNotContain(PostgreSqlServer.Password, table + output + error, StringComparison.Ordinal);

        using var http = new HttpClient { BaseAddress = cluster.Gateways[0].Address };
        using (var models = JsonDocument.Parse(await http.GetStringAsync(new Uri("/v1/models", UriKind.Relative))))
        {
            var serving = models.RootElement.GetProperty("silos").EnumerateArray().ToArray();
            Assert.Equal(2, serving.Select(silo => silo.GetProperty("silo").GetString()).Distinct(StringComparer.Ordinal).Count());
            Assert.All(serving, silo => Assert.Equal(models.RootElement.GetProperty("active").GetString(), silo.GetProperty("serving").GetString()));
        }

        cluster.Silos[1].Freeze();
        try
        {
            (code, output, error) = await CliProcess.RunAsync("cluster", "status", "--url", url, "--json");
            // Before the others have given up on it, it is there and silent; afterwards it is gone.
            Assert.True(output.Length > 0, string.Create(CultureInfo.InvariantCulture, $"{code}: {error}"));
            using var left = JsonDocument.Parse(output);
            Assert.Single(left.RootElement.GetProperty("silos").EnumerateArray(), IsReady);
        }
        finally
        {
            cluster.Silos[1].Thaw();
        }
    }

    private static bool IsReady(JsonElement silo) => silo.TryGetProperty("report", out var report) && report.GetProperty("missing").GetArrayLength() == 0;
}
