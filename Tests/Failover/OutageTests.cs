using System.Net;
using AgentRec.Import.Sample;
using AgentRec.Tests.EndToEnd;
using AgentRec.Tests.PostgreSql;
using Xunit.Abstractions;

namespace AgentRec.Tests.Failover;

/// <summary>A database that is away is nobody's bug: whatever is asked meanwhile is answered, or refused so that it may be asked again.</summary>
[Collection(ProcessCollection.Name)]
public sealed class OutageTests(ITestOutputHelper output)
{
    private const int Requests = 120;
    private const int Callers = 12;

    [PostgreSqlFact, Trait("Category", "EndToEnd")]
    public async Task Cluster_WithoutItsDatabase_IsNeverAtFault()
    {
        await using var cluster = await TestCluster.StartAsync(silos: 1, gateways: 1);
        using var http = new HttpClient { BaseAddress = cluster.Gateways[0].Address, Timeout = TimeSpan.FromMinutes(1) };
        string[] known = ["viewer-007", "default", "1", .. SampleWorld.Films().Take(5).Select(static film => film.ItemId)];
        var fuzzer = new RequestFuzzer(await http.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative)), known, seed: 3);
        var drawn = Enumerable.Range(0, Requests).Select(_ => fuzzer.Next()).ToArray();

        await cluster.Database.StopImmediatelyAsync();
        using (var status = await http.GetAsync(new Uri("/v1/cluster", UriKind.Relative)))
            AssertMayBeRepeated("getCluster", status, await status.Content.ReadAsStringAsync());
        var refused = 0;
        await Parallel.ForEachAsync(drawn, new ParallelOptions { MaxDegreeOfParallelism = Callers }, async (one, cancellationToken) =>
        {
            using var request = one.Request;
            using var answer = await http.SendAsync(request, cancellationToken);
            if ((int)answer.StatusCode < 500)
                return;
            Interlocked.Increment(ref refused);
            AssertMayBeRepeated(one.Operation, answer, await answer.Content.ReadAsStringAsync(cancellationToken));
        });
        await cluster.Database.StartAgainAsync();

        output.WriteLine($"{refused} of {Requests} requests were answered 503.");
        Assert.True(refused > Requests / 20, "Hardly a request needed the database.");
        await cluster.Gateways[0].ReadyAsync();
    }

    private static void AssertMayBeRepeated(string operation, HttpResponseMessage answer, string body)
    {
        Assert.True(answer.StatusCode is HttpStatusCode.ServiceUnavailable, $"{operation}: {(int)answer.StatusCode} {body}");
        Assert.True(answer.Headers.RetryAfter is not null, $"{operation}: no Retry-After");
    }
}
