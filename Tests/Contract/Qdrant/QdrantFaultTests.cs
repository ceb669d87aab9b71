using AgentRec.Grains.Abstractions.Vectors;
using AgentRec.Tests.Unit.Vectors;

namespace AgentRec.Tests.Contract.Qdrant;

/// <summary>A server in trouble becomes one kind of exception with a message that helps and betrays nothing.</summary>
public sealed class QdrantFaultTests
{
    private static readonly QdrantFault Broken = QdrantFault.Saying($$"""{"status":{"error":"out of disk, key {{QdrantClient.Key}}"},"time":0.1}""", 500);

    public static TheoryData<string> Calls => [.. QdrantClient.Calls.Keys];

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task ServerError_IsUnavailable_WhateverIsCalled(string call)
    {
        await using var server = await QdrantServer.StartAsync();
        await using var client = QdrantClient.Of(server, ("Retries", "1"), ("ApiKey", QdrantClient.Key));
        await client.Index.FillAsync();
        server.Fault = _ => Broken;
        var before = server.Calls.Count;

        var exception = await FailsAsync(VectorFailure.Unavailable, client, call);

        Assert.Contains("answered 500", exception.Message, StringComparison.Ordinal);
        Assert.Equal(before + 2, server.Calls.Count);
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Garbage_IsUnreadable_WhateverIsCalled(string call)
    {
        await using var server = await QdrantServer.StartAsync();
        await using var client = QdrantClient.Of(server);
        await client.Index.FillAsync();
        foreach (var garbage in (string[])["<html>", "", "null", "{}", """{"result":null}""", """{"result":{"points":[{}],"aliases":[{}],"config":{},"collections":[{}]}}""", """{"result":[1]}"""])
        {
            server.Fault = _ => QdrantFault.Saying(garbage);
            await FailsAsync(VectorFailure.Unreadable, client, call);
        }
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task WrongKey_IsRefused_AndSaysWhichOption(string call)
    {
        await using var server = await QdrantServer.StartAsync("the right key");
        await using var client = QdrantClient.Of(server, ("ApiKey", QdrantClient.Key));

        var exception = await FailsAsync(VectorFailure.Refused, client, call);

        Assert.Contains("Tools:Vectors:ApiKey", exception.Message, StringComparison.Ordinal);
        Assert.Single(server.Calls);
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task TruncatedAnswer_IsUnavailable(string call)
    {
        await using var server = await QdrantServer.StartAsync();
        await using var client = QdrantClient.Of(server);
        await client.Index.FillAsync();
        server.Fault = _ => QdrantFault.Truncated;

        await FailsAsync(VectorFailure.Unavailable, client, call);
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Silence_IsUnavailable_OnceTheTimeIsUp(string call)
    {
        await using var server = await QdrantServer.StartAsync();
        await using var patient = QdrantClient.Of(server);
        await patient.Index.FillAsync();
        await using var client = QdrantClient.Of(server, ("QueryTimeoutMilliseconds", "100"), ("WriteTimeoutMilliseconds", "50"), ("Retries", "1"));
        server.Fault = _ => QdrantFault.Silence;

        Assert.Contains("did not answer in time", (await FailsAsync(VectorFailure.Unavailable, client, call)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task CallerThatGivesUp_IsObeyed(string call)
    {
        await using var server = await QdrantServer.StartAsync();
        await using var client = QdrantClient.Of(server);
        await client.Index.FillAsync();
        using var leaving = new CancellationTokenSource();
        server.Fault = _ =>
        {
            leaving.Cancel();
            return QdrantFault.Silence;
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => QdrantClient.Calls[call](client.Index, leaving.Token));
    }

    [Theory]
    [InlineData("query", false)]
    [InlineData("count", false)]
    [InlineData("scroll", false)]
    [InlineData("upsert", true)]
    [InlineData("ensure", true)]
    public async Task ServersOwnWords_AreShown_WhereNoUserIsQuoted(string call, bool isShown)
    {
        await using var server = await QdrantServer.StartAsync();
        await using var client = QdrantClient.Of(server, ("Retries", "0"), ("ApiKey", QdrantClient.Key));
        await client.Index.FillAsync();
        server.Fault = _ => Broken;

        Assert.Equal(isShown, (await FailsAsync(VectorFailure.Unavailable, client, call)).Message.Contains("(out of disk, key ***)", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nobody_IsUnavailable()
    {
        var server = await QdrantServer.StartAsync();
        await using var client = QdrantClient.Of(server, ("ApiKey", QdrantClient.Key));
        await server.DisposeAsync();

        foreach (var call in QdrantClient.Calls.Keys)
            await FailsAsync(VectorFailure.Unavailable, client, call);
    }

    [Fact]
    public async Task Trouble_ThatPasses_IsNotNoticed()
    {
        await using var server = await QdrantServer.StartAsync();
        await using var client = QdrantClient.Of(server, ("Retries", "2"));
        var calls = 0;
        // Two of three calls fail: one before and one after the work was done.
        server.Fault = _ => (calls++ % 3) switch
        {
            0 => Broken,
            1 => QdrantFault.Saying("", 503),
            _ => null,
        };

        await client.Index.FillAsync();

        Assert.Equal(2, await client.Index.CountAsync(QdrantClient.Build with { Build = null }, VectorFilter.None, default));
    }

    [Fact]
    public async Task Circuit_OpensAfterFailures_AndNobodyIsAskedAnyMore()
    {
        await using var server = await QdrantServer.StartAsync();
        await using var client = QdrantClient.Of(server, ("Retries", "0"), ("BreakAfterCalls", "4"));
        await client.Index.FillAsync();
        server.Fault = _ => Broken;
        for (var i = 0; i < 4; i++)
            await FailsAsync(VectorFailure.Unavailable, client, "query");
        var before = server.Calls.Count;

        Assert.Contains("was not asked", (await FailsAsync(VectorFailure.Unavailable, client, "query")).Message, StringComparison.Ordinal);
        Assert.Equal(before, server.Calls.Count);
        server.Fault = _ => null;
        // What fills the index has a circuit of its own.
        await client.Index.CountAsync(QdrantClient.Build, VectorFilter.None, default);
    }

    [Theory]
    [InlineData("acknowledged")]
    [InlineData("wait_timeout")]
    public async Task Change_ThatIsNotSearchableYet_IsNotAcknowledged(string status)
    {
        await using var server = await QdrantServer.StartAsync();
        await using var client = QdrantClient.Of(server);
        await client.Index.FillAsync();
        server.Fault = operation => operation.EndsWith("/points", StringComparison.Ordinal) || operation.EndsWith("/delete", StringComparison.Ordinal)
            ? QdrantFault.Saying($$"""{"result":{"operation_id":1,"status":"{{status}}"},"status":"ok","time":0.1}""")
            : null;

        await FailsAsync(VectorFailure.Unavailable, client, "upsert");
        await FailsAsync(VectorFailure.Unavailable, client, "delete");
    }

    [Fact]
    public async Task Collection_MadeByAnotherSiloMeanwhile_IsTaken()
    {
        await using var server = await QdrantServer.StartAsync();
        await using var other = QdrantClient.Of(server);
        await using var client = QdrantClient.Of(server);
        await other.Index.FillAsync();
        var looked = 0;
        server.Fault = operation => operation == "GET /collections/{collection_name}" && looked++ == 0
            ? QdrantFault.Saying("""{"status":{"error":"Not found"},"time":0.1}""", 404)
            : null;

        await client.Index.EnsureAsync(QdrantClient.Build, Unit.Vectors.Points.Schema, default);

        Assert.Contains("PUT /collections/{collection_name}", server.Calls);
        Assert.Equal(2, await client.Index.CountAsync(QdrantClient.Build, VectorFilter.None, default));
    }

    private static async Task<VectorIndexException> FailsAsync(VectorFailure failure, IndexUnderTest client, string call)
    {
        var exception = await Assert.ThrowsAsync<VectorIndexException>(() => QdrantClient.Calls[call](client.Index, default));
        Assert.Equal(failure, exception.Failure);
        Assert.DoesNotContain(QdrantClient.Key, exception.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("secret", exception.ToString(), StringComparison.OrdinalIgnoreCase);
        return exception;
    }
}
