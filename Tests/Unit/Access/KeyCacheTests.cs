using AgentRec.Gateway;
using AgentRec.Gateway.Access;
using AgentRec.Gateway.Calls;
using AgentRec.Grains.Abstractions.Access;
using AgentRec.Tests.Contract;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace AgentRec.Tests.Unit.Access;

public sealed class KeyCacheTests
{
    private readonly FakeCluster cluster = new();
    private readonly FakeTimeProvider time = new();
    private readonly KeyCache cache;

    public KeyCacheTests() => cache = new KeyCache(
        cluster.Grains,
        new Repetition(Options.Create(new GatewayOptions { Attempts = 1 }), time, NullLogger<Repetition>.Instance),
        Options.Create(new AccessOptions { CacheSeconds = 10, MaximumUnknownKeys = 10 }),
        time);

    [Fact]
    public async Task Find_Again_AsksOnceInItsTime_AndSeesARevocationAfterIt()
    {
        var secret = cluster.AccessKeys.Make(AccessScopes.Read, "default");
        for (var i = 0; i < 100; i++)
            Assert.NotNull((await cache.FindAsync(secret.Id, default)).Key);
        await cluster.AccessKeys.Revoke(secret.Id, null);
        time.Advance(TimeSpan.FromSeconds(9.9));
        Assert.Null((await cache.FindAsync(secret.Id, default)).Key!.Key.RevokedAt);
        Assert.Equal(1, cluster.AccessKeys.Finds);
        time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.NotNull((await cache.FindAsync(secret.Id, default)).Key!.Key.RevokedAt);
        Assert.Equal(2, cluster.AccessKeys.Finds);
    }

    [Fact]
    public async Task Find_WhatIsNotThere_IsBelievedAsLong()
    {
        for (var i = 0; i < 100; i++)
            Assert.Equal((null, true), await cache.FindAsync("0000000000000000", default));
        Assert.Equal(1, cluster.AccessKeys.Finds);
    }

    [Fact]
    public async Task Flood_OfInventedKeys_StaysAtTheGateway_AndKnownKeysAreServed()
    {
        var secret = cluster.AccessKeys.Make(AccessScopes.Read, "default");
        Assert.NotNull((await cache.FindAsync(secret.Id, default)).Key);
        for (var round = 0; round < 3; round++)
        {
            var before = cluster.AccessKeys.Finds;
            var asked = 0;
            for (var i = 0; i < 1_000; i++)
                asked += (await cache.FindAsync($"{round}-{i}", default)).Asked ? 1 : 0;
            Assert.NotNull((await cache.FindAsync(secret.Id, default)).Key);
            Assert.Equal(round == 0 ? (9, 9) : (10, 11), (asked, cluster.AccessKeys.Finds - before));
            time.Advance(TimeSpan.FromSeconds(10));
        }
    }

    [Fact]
    public async Task Find_ThatWasNotAnswered_IsAskedAnew()
    {
        var secret = cluster.AccessKeys.Make(AccessScopes.Read, "default");
        cluster.AccessKeys.Fault = new TimeoutException();
        await Assert.ThrowsAsync<TimeoutException>(async () => await cache.FindAsync(secret.Id, default));
        cluster.AccessKeys.Fault = null;
        Assert.NotNull((await cache.FindAsync(secret.Id, default)).Key);
    }

    [Fact]
    public async Task Find_WhereTheClusterHangs_GoesByWhatItSaidLast_ForAWhile()
    {
        var secret = cluster.AccessKeys.Make(AccessScopes.Read, "default");
        Assert.NotNull((await cache.FindAsync(secret.Id, default)).Key);
        await cluster.AccessKeys.Revoke(secret.Id, null);
        var silence = new TaskCompletionSource();
        cluster.AccessKeys.Held = silence.Task;
        time.Advance(TimeSpan.FromSeconds(39.7));

        var first = cache.FindAsync(secret.Id, default).AsTask();
        Assert.False(first.IsCompleted, "A new answer is waited for.");
        time.Advance(SilentCluster.Patience);
        Assert.Null((await first).Key!.Key.RevokedAt);
        Assert.Null((await cache.FindAsync(secret.Id, default)).Key!.Key.RevokedAt);
        Assert.Equal(2, cluster.AccessKeys.Finds);

        silence.SetException(new TimeoutException());
        Assert.Null((await cache.FindAsync(secret.Id, default)).Key!.Key.RevokedAt);
        time.Advance(TimeSpan.FromSeconds(0.1));
        await Assert.ThrowsAsync<TimeoutException>(async () => await cache.FindAsync(secret.Id, default));
        cluster.AccessKeys.Held = null;
        Assert.NotNull((await cache.FindAsync(secret.Id, default)).Key!.Key.RevokedAt);
    }

    [Fact]
    public async Task Find_WhereTheClusterGoesOnHanging_WaitsWhenItsLastWordIsTooOld()
    {
        var secret = cluster.AccessKeys.Make(AccessScopes.Read, "default");
        Assert.NotNull((await cache.FindAsync(secret.Id, default)).Key);
        await cluster.AccessKeys.Revoke(secret.Id, null);
        var silence = new TaskCompletionSource();
        cluster.AccessKeys.Held = silence.Task;
        time.Advance(TimeSpan.FromSeconds(39.5));
        var first = cache.FindAsync(secret.Id, default).AsTask();
        time.Advance(SilentCluster.Patience);
        Assert.Null((await first).Key!.Key.RevokedAt);

        // The same question is still open, and what was said before it has run out.
        time.Advance(TimeSpan.FromSeconds(0.5));
        var late = cache.FindAsync(secret.Id, default).AsTask();
        Assert.False(late.IsCompleted, "What was said so long ago does not count.");
        silence.SetResult();
        Assert.NotNull((await late).Key!.Key.RevokedAt);
        Assert.Equal(2, cluster.AccessKeys.Finds);
    }

    [Fact]
    public async Task Gate_WhereTheClusterHangs_StaysAsItWas_ForAWhile()
    {
        var gate = new AccessGate(
            cache, new Repetition(Options.Create(new GatewayOptions { Attempts = 1 }), time, NullLogger<Repetition>.Instance),
            Options.Create(new AccessOptions { CacheSeconds = 10 }), server: null!, time, NullLogger<AccessGate>.Instance);
        Assert.True(await gate.IsOpenAsync(default));
        cluster.AccessKeys.Make(AccessScopes.Read, "default");
        var silence = new TaskCompletionSource();
        cluster.AccessKeys.Held = silence.Task;
        time.Advance(TimeSpan.FromSeconds(39.7));

        var first = gate.IsOpenAsync(default).AsTask();
        Assert.False(first.IsCompleted, "A new answer is waited for.");
        time.Advance(SilentCluster.Patience);
        Assert.True(await first);
        Assert.True(await gate.IsOpenAsync(default));
        time.Advance(TimeSpan.FromSeconds(0.1));
        var late = gate.IsOpenAsync(default).AsTask();
        Assert.False(late.IsCompleted, "What was true so long ago does not count.");

        silence.SetResult();
        Assert.False(await late);
        Assert.False(await gate.IsOpenAsync(default));
    }

    [Fact]
    public async Task Find_ManyAtOnce_AsksOnce()
    {
        var secret = cluster.AccessKeys.Make(AccessScopes.Read, "default");
        await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Run(async () => Assert.NotNull((await cache.FindAsync(secret.Id, default)).Key))));
        Assert.Equal(1, cluster.AccessKeys.Finds);
    }
}
