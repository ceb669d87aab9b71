using System.Text.Json;
using System.Text.Json.Nodes;
using AgentRec.Domain;
using AgentRec.Grains.Planning.Mixes;

namespace AgentRec.Tests.Cluster;

/// <summary>Turns with and without the bandit.</summary>
[Trait("Category", "Cluster")]
public sealed class MixTests
{
    private const int Turns = 12;

    [Fact]
    public async Task Turns_WithTheBandit_SayWhatWasChosen_AndTheStandardMixIsTheTurnWithoutIt()
    {
        var off = await PlayAsync(isOn: false);
        var on = await PlayAsync(isOn: true);

        Assert.All(off, turn => Assert.False(turn.Plan.ContainsKey("mix")));
        Assert.All(on, turn => Assert.InRange(turn.Plan["mix"]!["propensity"]!.GetValue<double>(), MixBandit.Floor, 1));
        var standard = Enumerable.Range(0, Turns).Where(turn => Mix(on[turn]) == CandidateMix.Standard.Name).ToArray();
        Assert.InRange(standard.Length, 1, Turns - 1);
        foreach (var turn in standard)
        {
            on[turn].Plan.Remove("mix");
            Assert.Equal(off[turn].Plan.ToJsonString(), on[turn].Plan.ToJsonString());
            Assert.Equal(off[turn].Slate, on[turn].Slate);
        }
    }

    private static string Mix(Played turn) => turn.Plan["mix"]!["name"]!.GetValue<string>();

    /// <summary>Each turn is of a user and a session of its own: what one was shown is nothing to the next.</summary>
    private static async Task<List<Played>> PlayAsync(bool isOn)
    {
        var silo = new SiloFixture { Settings = { ["Planner:Mixes:Enabled"] = isOn ? "true" : "false" } };
        await silo.InitializeAsync();
        try
        {
            var played = new List<Played>();
            for (var i = 0; i < Turns; i++)
            {
                var session = await silo.OpenAsync($"mix {i}", $"viewer-{60 + i:000}", seed: (ulong)i);
                var turn = await silo.TurnAsync(session, TurnRequest.Empty with { Message = "war in space", Policy = "balanced" });
                await silo.VerifiedAsync(turn);
                var plan = (await SiloFixture.EventsAsync(session, 1)).Single(one => one.Kind is TurnEventKind.Plan);
                played.Add(new Played(JsonNode.Parse(plan.Data)!.AsObject(), JsonSerializer.Serialize(turn.Slate, DomainJson.Options)));
            }
            return played;
        }
        finally
        {
            await silo.DisposeAsync();
        }
    }

    private sealed record Played(JsonObject Plan, string Slate);
}
