using System.Net;
using System.Text.Json;
using AgentRec.Import.Sample;
using AgentRec.Tests.Cluster;
using AgentRec.Tests.Unit;
using Xunit.Abstractions;

namespace AgentRec.Tests.EndToEnd;

/// <summary>Whatever a client sends, the fault is never the server's: requests made from the node's own OpenAPI document, none answered with a 5xx.</summary>
[Collection(ProcessCollection.Name), Trait("Category", "EndToEnd")]
public sealed class FuzzTests(ITestOutputHelper output)
{
    private const int Callers = 4;
    // An erasure fits the model again, which takes its time on a busy machine.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    [Fact]
    public Task Node_AskedAThousandThings_IsNeverAtFault() => AskAsync(requests: 1_000, seed: 1);

    [Fact, Trait("Category", "Long")]
    public Task Node_AskedTenThousandThings_IsNeverAtFault() => AskAsync(requests: 10_000, seed: 2);

    private async Task AskAsync(int requests, int seed)
    {
        using var folder = new TempFolder();
        var directory = Path.Combine(folder.Path, "store");
        await SampleStore.CopyAsync(directory);
        // Keys that are made on the way must not shut everybody out.
        await using var node = await NodeProcess.StartAsync(directory, new Dictionary<string, string>(StringComparer.Ordinal) { ["AGENTREC_Access__Mode"] = "open" });
        var known = await KnownAsync(node);
        var fuzzer = new RequestFuzzer(await node.GetTextAsync("/openapi/v1.json"), known, seed);
        // Drawn in one order, sent by several.
        var drawn = Enumerable.Range(0, requests).Select(_ => fuzzer.Next()).ToArray();
        var answers = new (HttpStatusCode Status, string Body)[requests];
        using var http = new HttpClient { BaseAddress = node.Http.BaseAddress, Timeout = Patience };
        await Parallel.ForEachAsync(Enumerable.Range(0, requests), new ParallelOptions { MaxDegreeOfParallelism = Callers }, async (i, cancellationToken) =>
        {
            try
            {
                using var answer = await http.SendAsync(drawn[i].Request, cancellationToken);
                answers[i] = (answer.StatusCode, await answer.Content.ReadAsStringAsync(cancellationToken));
            }
            catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                answers[i] = (HttpStatusCode.GatewayTimeout, $"not answered within {Patience}");
            }
        });

        foreach (var status in answers.GroupBy(answer => (int)answer.Status).OrderBy(status => status.Key))
            output.WriteLine($"{status.Key}: {status.Count()}");
        var faults = answers.Zip(drawn).Where(pair => (int)pair.First.Status >= 500).Select(pair => $"{pair.Second.Operation}: {(int)pair.First.Status} {pair.First.Body}").ToArray();
        Assert.True(faults.Length == 0, $"{faults.Length} answers of {requests} were 5xx: {string.Join(Environment.NewLine, faults.Take(10))}");
        // Requests that all fail early would prove nothing.
        Assert.True(answers.Count(answer => (int)answer.Status < 300) > requests / 20, "Hardly a request got through.");
        foreach (var (request, _) in drawn)
            request.Dispose();
    }

    /// <summary>Ids of everything that there is: a session of a user, its certificate, items, policies and models.</summary>
    private static async Task<string[]> KnownAsync(NodeProcess node)
    {
        var (_, opened) = await node.PostAsync("/v1/sessions", new { userId = "viewer-007" });
        var session = opened.GetProperty("sessionId").GetString()!;
        var (status, turn) = await node.PostAsync($"/v1/sessions/{session}/turns", new { turnId = "first" });
        Assert.Equal(HttpStatusCode.OK, status);
        var certificate = turn.GetProperty("certificateId").GetString()!;
        using var models = JsonDocument.Parse(await node.GetTextAsync("/v1/models"));
        return
        [
            session, session, session, "viewer-007", "viewer-007", certificate, certificate, "1", "first",
            .. SampleWorld.Films().Take(5).Select(film => film.ItemId),
            .. models.RootElement.GetProperty("models").EnumerateArray().Select(model => model.GetProperty("version").GetString()!),
        ];
    }
}
