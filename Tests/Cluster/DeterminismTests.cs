using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using AgentRec.Domain;

namespace AgentRec.Tests.Cluster;

/// <summary>The same store, seed and requests give the same slates, reasons and negotiations, to the byte.</summary>
[Collection(SiloCollection.Name)]
[Trait("Category", "Cluster")]
public sealed class DeterminismTests
{
    [Fact]
    public async Task SameStoreSeedAndRequests_GiveTheSameSlatesAndTraces()
    {
        var first = await PlayAsync();
        var second = await PlayAsync();

        Assert.True(first.Count > 30, $"only {first.Count} events");
        Assert.Equal(first, second);
    }

    private static async Task<List<string>> PlayAsync()
    {
        var silo = new SiloFixture();
        await silo.InitializeAsync();
        try
        {
            var told = new List<string>();
            var shown = new Dictionary<string, long>(StringComparer.Ordinal);
            foreach (var user in (string[])["viewer-040", "a new user"])
            {
                var session = await silo.OpenAsync($"play {user}", user, seed: 4711);
                foreach (var request in (ImmutableArray<TurnRequest>)
                    [TurnRequest.Empty with { Policy = "balanced" }, TurnRequest.Empty with { Message = "war in space", SlateSize = 7 }, TurnRequest.Empty with { Policy = "longtail" }])
                {
                    var turn = await silo.TurnAsync(session, request);
                    // What was shown is told one way; the next bids go by it.
                    foreach (var item in turn.Slate!.Items)
                    {
                        var expected = shown[item.ItemId] = shown.GetValueOrDefault(item.ItemId) + 1;
                        await SiloFixture.ComesToAsync(expected, async () => (await silo.Item(item.ItemId).Describe())!.Exposures);
                    }
                    told.AddRange((await SiloFixture.EventsAsync(session, turn.Turn)).Select(one => $"{one.Number} {one.Kind} {WithoutClock(one.Data)}"));
                    told.Add(Claims(await silo.VerifiedAsync(turn)));
                }
            }
            return told;
        }
        finally
        {
            await silo.DisposeAsync();
        }
    }

    private static string WithoutClock(string data)
    {
        var node = JsonNode.Parse(data)!.AsObject();
        node.Remove("timings");
        return node.ToJsonString();
    }

    /// <summary>A certificate without its key: each store has one of its own.</summary>
    private static string Claims(JsonElement certificate)
    {
        var node = JsonNode.Parse(certificate.GetRawText())!.AsObject();
        node.Remove("keyId");
        node.Remove("signature");
        return node.ToJsonString();
    }
}
