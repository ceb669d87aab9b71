using System.Collections.Concurrent;
using System.Reflection;
using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Items;
using AgentRec.Grains.Abstractions.Sessions;
using Orleans.Concurrency;
using Xunit.Abstractions;

namespace AgentRec.Tests.Cluster;

/// <summary>How many messages agents exchange for a turn. Pulls of live events, which depend on who listens, do not count.</summary>
[Trait("Category", "Cluster")]
public sealed class MessageTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const string Shown = "IItemAgent.Shown";

    private readonly SiloFixture _silo = new();

    public Task InitializeAsync() => _silo.InitializeAsync();

    public Task DisposeAsync() => _silo.DisposeAsync();

    [Theory]
    [InlineData("default")]
    [InlineData("balanced")]
    [InlineData("strict")]
    public async Task Turn_ExchangesAsManyMessagesAsItsBidsSlateAndRoundsAllow(string policy)
    {
        await CheckAsync(policy, "before");
        // A catalogue of half as much again, which the next turns choose from.
        await _silo.CatalogueGrain.Put([.. Enumerable.Range(0, 1_000).Select(i => new Item($"more-{i}", $"More {i}", null, Item.NoFacets.Add("genre", ["Drama"]), null))]);
        await CheckAsync(policy, "after");
    }

    private async Task CheckAsync(string policy, string name)
    {
        foreach (var user in (string[])["viewer-001", "viewer-002", "viewer-003", "somebody new"])
        {
            var calls = new ConcurrentQueue<(string Call, int Messages)>();
            var session = await _silo.OpenAsync($"{name} {policy} {user}", user);
            using var listening = _silo.Gate.Each(call => calls.Enqueue(Messages(call.InterfaceMethod)));
            await TurnAsync();
            // With a new ledger no bid stands any more, and every invited item agent is asked: the most that a turn takes.
            await _silo.PublishLedgerAsync();
            calls.Clear();
            var turn = await TurnAsync();

            var counts = calls.Where(one => one.Messages > 0).CountBy(one => one.Call).ToDictionary(StringComparer.Ordinal);
            var (total, bids, rounds) = (calls.Sum(one => one.Messages), counts.GetValueOrDefault("IItemAgent.Bid"), turn.Negotiation!.Rounds);
            output.WriteLine($"{policy}, {user}, {name}: {total} messages, {bids} bids, {rounds} rounds: {string.Join(", ", counts.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => $"{one.Key} {one.Value}"))}");
            Assert.InRange(bids, 0, 128);
            Assert.True(total <= (2 * (bids + turn.Slate!.Items.Length)) + (2 * rounds) + 20, $"{total} messages for {bids} bids and {rounds} rounds");
            // Beside bids, what items are told, and what is said round by round, every turn takes the same calls.
            Assert.Equal(
                ["IPolicyAgent.Certify 1", "IUserAgent.Advocate 1", "IUserAgent.Explain 1", "IUserAgent.Nominate 1", "IUserAgent.RecordTurn 1"],
                counts.Where(one => one.Key is not ("IItemAgent.Bid" or Shown or "IUserAgent.Respond" or "IPolicyAgent.Review")).Select(one => $"{one.Key} {one.Value}").Order(StringComparer.Ordinal));
            Assert.InRange(counts["IUserAgent.Respond"], 1, rounds + 2);
            Assert.InRange(counts["IPolicyAgent.Review"], 1, rounds + 2);

            async Task<TurnResult> TurnAsync()
            {
                var taken = await _silo.TurnAsync(session, TurnRequest.Empty with { Policy = policy });
                // Items are told one way, after the turn.
                await SiloFixture.ComesToAsync(taken.Slate!.Items.Length, () => Task.FromResult(calls.Count(one => one.Call == Shown)));
                return taken;
            }
        }
    }

    /// <summary>A call is a question and an answer, unless it wants none. What the gateway asks of a session is not between agents.</summary>
    private static (string Call, int Messages) Messages(MethodInfo method) =>
        method.DeclaringType!.Assembly != typeof(IItemAgent).Assembly || method.DeclaringType == typeof(ISessionGrain)
            ? ("not counted", 0)
            : ($"{method.DeclaringType.Name}.{method.Name}", method.GetCustomAttribute<OneWayAttribute>() is null ? 2 : 1);
}
