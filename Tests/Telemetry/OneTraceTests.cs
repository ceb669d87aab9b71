using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using AgentRec.Tests.Failover;
using AgentRec.Tests.EndToEnd;
using AgentRec.Tests.PostgreSql;
using Xunit.Abstractions;

namespace AgentRec.Tests.Telemetry;

/// <summary>What a collector learns of a turn that went through a gateway, a silo and a database, each a process of its own.</summary>
[Collection(ProcessCollection.Name)]
public sealed class OneTraceTests(ITestOutputHelper output)
{
    private const string User = "somebody-4711-whom-nobody-names";
    private const string Interaction = "interaction-0815-of-theirs";
    // A word that an item of the sample has is searched for, one that none has is not.
    private const string Message = "something with a farmer and submarines please";

    private static readonly string[] Expected =
    [
        "POST /v1/sessions/{id}/turns",  // the gateway
        "ISessionGrain/Begin", "turn",          // the session
        "IPlannerAgent/Plan",                   // the planner
        "gather", "tool", "negotiate",
        "IUserAgent/Nominate", "IUserAgent/Advocate", "IPolicyAgent/Certify", "IUserAgent/Explain", "IUserAgent/RecordTurn",
        "append", "commit",                     // the log
    ];

    [PostgreSqlFact]
    public async Task Turn_ThroughGatewaySiloAndDatabase_IsOneTraceThatNamesNobody()
    {
        await using var collector = await OtlpReceiver.StartAsync();
        await using var cluster = await TestCluster.StartAsync(silos: 1, gateways: 1, collector.Environment);
        using var http = new HttpClient { BaseAddress = cluster.Gateways[0].Address };

        var session = (await PostAsync(http, "/v1/sessions", new { userId = User })).GetProperty("sessionId").GetString()!;
        var turn = await PostAsync(http, $"/v1/sessions/{session}/turns", new { message = Message });
        var first = turn.GetProperty("slate").GetProperty("items")[0];
        await PostAsync(http, $"/v1/sessions/{session}/feedback", new { interactionId = Interaction, itemId = first.GetProperty("itemId").GetString(), type = "like" });

        var trace = await collector.WaitForAsync(() => WholeTrace(collector.Spans()), () => Describe(collector.Spans()));

        output.WriteLine(Describe(trace));
        Assert.Equal(["agentrec-gateway", "agentrec-silo"], trace.Select(span => span.Service).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        Assert.Equal("POST /v1/sessions/{id}/turns", Assert.Single(trace, span => span.Parent.Length == 0).Name);
        Assert.Contains(trace, span => span.Attributes.ContainsKey("db.system.name"));
        Assert.All(collector.Spans(), span => Assert.Equal(0, span.Events));

        await collector.WaitForAsync(
            () => collector.Metrics() is var metrics && metrics["agentrec-silo"].Contains("agentrec.turn.duration", StringComparer.Ordinal) ? metrics : null,
            () => "no figures of turns were received");
        string[] secrets =
        [
            User, session, Interaction, "submarine", turn.GetProperty("turnId").GetString()!, turn.GetProperty("certificateId").GetString()!,
            .. turn.GetProperty("slate").GetProperty("items").EnumerateArray().Select(item => item.GetProperty("title").GetString()!).Where(title => title.Length > 7),
        ];
        foreach (var secret in secrets)
        {
            var told = Around(collector.All(), secret);
            Assert.True(told is null, $"'{secret}' was told: {told}");
        }
    }

    /// <summary>What stands around a text in what was sent; null where it was not.</summary>
    private static string? Around(IEnumerable<Google.Protobuf.ByteString> bodies, string text)
    {
        const int width = 200;
        foreach (var body in bodies)
        {
            if (body.Span.IndexOf(Encoding.UTF8.GetBytes(text)) is >= 0 and var at)
                return Encoding.UTF8.GetString(body.Span[Math.Max(0, at - width)..Math.Min(body.Length, at + width)]);
        }
        return null;
    }

    /// <summary>The trace of the turn, when all of it is there: every span of it with the one around it.</summary>
    private static List<ReceivedSpan>? WholeTrace(IReadOnlyList<ReceivedSpan> spans)
    {
        if (spans.FirstOrDefault(span => span.Name == "turn") is not { } turn)
            return null;
        var trace = spans.Where(span => span.Trace == turn.Trace).ToList();
        var ids = trace.Select(span => span.Id).ToHashSet(StringComparer.Ordinal);
        return Expected.All(name => trace.Exists(span => span.Name == name)) && trace.TrueForAll(span => span.Parent.Length == 0 || ids.Contains(span.Parent)) ? trace : null;
    }

    private static string Describe(IEnumerable<ReceivedSpan> spans) => string.Join(
        '\n', spans.GroupBy(span => (span.Trace, span.Service, span.Name), (key, all) => $"{key.Trace[..8]} {key.Service} {key.Name} x{all.Count()} {{{string.Join(", ", all.First().Attributes.Select(pair => $"{pair.Key}={pair.Value}"))}}}"));

    private static async Task<JsonElement> PostAsync(HttpClient http, string path, object body)
    {
        using var answer = await http.PostAsJsonAsync(path, body);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonDocument.Parse(text).RootElement;
    }
}
