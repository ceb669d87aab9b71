using System.Text.Json;
using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Planning;
using AgentRec.Grains.Abstractions.Policies;
using AgentRec.Grains.Abstractions.Storage;

namespace AgentRec.Tests.Cluster;

/// <summary>Rules that operators put, and what becomes of slates under them, the catalogue's changes included.</summary>
[Collection(SiloCollection.Name)]
[Trait("Category", "Cluster")]
public sealed class PolicyTests(SiloFixture silo)
{
    [Fact]
    public async Task Put_OfANewVersion_IsUsedByTheNextTurn()
    {
        var session = await silo.OpenAsync("versions", "viewer-020");
        Assert.Equal(1, await PutAsync("mine", OfOneGenreAtMost(1)));
        var first = await silo.TurnAsync(session, TurnRequest.Empty with { Policy = "mine", SlateSize = 6 });
        Assert.Equal(1, await PutAsync("mine", OfOneGenreAtMost(1)));
        Assert.Equal(2, await PutAsync("mine", OfOneGenreAtMost(2)));
        var second = await silo.TurnAsync(session, TurnRequest.Empty with { Policy = "mine", SlateSize = 6 });

        Assert.Equal(1, MostOfOneFirstGenre(first));
        Assert.Equal(2, MostOfOneFirstGenre(second));
        Assert.Equal(1, Version(await silo.VerifiedAsync(first)));
        Assert.Equal(2, Version(await silo.VerifiedAsync(second)));
        Assert.Equal(1, (await silo.Policies.Get("mine", 1))!.Version);
        Assert.Equal(2, (await silo.Policies.Get("mine", null))!.Version);
        Assert.Null(await silo.Policies.Get("mine", 3));
    }

    [Fact]
    public async Task Rehearse_ServedSlates_TellsHowTheyWouldFareAndStoresNothing()
    {
        var session = await silo.OpenAsync("rehearsed", "viewer-023");
        var turn = await silo.TurnAsync(session, TurnRequest.Empty with { Policy = "longtail" });
        var recent = await silo.Policy().Recent(1000);
        Assert.Contains(turn.CertificateId!, recent);
        var newest = await silo.Policy().Recent(3);
        Assert.Equal<string>([.. recent.Take(3)], [.. newest]);

        var same = await RehearseAsync("longtail", """
            {"id":"long-tail","type":"count","facet":"stratum","values":["tail"],"atLeast":3,"severity":"hard","priority":30},
            {"id":"no-monoculture","type":"count","facet":"firstGenre","forEach":true,"atMost":3,"severity":"hard","priority":50},
            {"id":"variety","type":"distinct","facet":"genre","atLeast":6,"severity":"hard","priority":40}
            """);
        Assert.True(same.AlreadyMet);
        Assert.NotEqual(NegotiationOutcome.Relaxed, same.Outcome);
        Assert.Equal(turn.Negotiation!.UtilityKept, same.ServedKept, 2);
        Assert.InRange(same.RehearsedKept, same.ServedKept - 0.01, 1);

        var impossible = await RehearseAsync("unheard-of", """{"id":"all-genres","type":"distinct","facet":"genre","atLeast":99,"severity":"hard","priority":1}""");
        Assert.False(impossible.AlreadyMet);
        Assert.Equal(NegotiationOutcome.Relaxed, impossible.Outcome);
        Assert.Equal("all-genres", Assert.Single(impossible.Missed));
        Assert.Equal("all-genres", Assert.Single(impossible.Relaxed));
        Assert.Null(await silo.Policies.Get("unheard-of", null));

        async Task<RehearsedSlate> RehearseAsync(string name, string rules)
        {
            var outcome = await silo.Policies.Check(name, $$"""{"name":"{{name}}","rules":[{{rules}}]}""");
            Assert.Empty(outcome.Errors);
            return Assert.Single(await silo.Policy().Rehearse(new RehearsalRequest(outcome.Stored!.Content, [turn.CertificateId!, "no such certificate"])));
        }
    }

    [Fact]
    public async Task Turn_UnderAPolicyThatExplores_KeepsAPlaceForAnItemNobodyMet()
    {
        var outcome = await silo.Policies.Put(
            "exploring", """{"name":"exploring","concession":{"maximum":0.5},"agency":{"beta":0,"exploration":{"places":1,"exposures":50}},"rules":[]}""");
        Assert.Empty(outcome.Errors);
        var session = await silo.OpenAsync("exploring", "viewer-025");

        var turn = await silo.TurnAsync(session, TurnRequest.Empty with { Policy = "exploring" });
        var explored = turn.Slate!.Items.Where(item => item.Origins.Contains("exploration", StringComparer.Ordinal)).ToArray();

        var place = Assert.Single(explored);
        Assert.True(silo.Catalogue.TryHandle(place.ItemId, out var handle));
        Assert.Equal(0, silo.Catalogue.PositiveCounts[handle]);
        Assert.Contains(place.Explanation.Evidence, evidence => evidence.Text.Contains("new here", StringComparison.Ordinal));
        Assert.Equal(NegotiationOutcome.Agreed, turn.Negotiation!.Outcome);
        await silo.VerifiedAsync(turn);
        Assert.DoesNotContain(
            (await silo.TurnAsync(session, TurnRequest.Empty with { Policy = "longtail" })).Slate!.Items,
            item => item.Origins.Contains("exploration", StringComparer.Ordinal));
    }

    [Fact]
    public async Task Turn_ThatAsksForIt_ToldWhatEachRuleDid()
    {
        var session = await silo.OpenAsync("counterfactual", "viewer-024");
        var turn = await silo.TurnAsync(session, TurnRequest.Empty with { Policy = "longtail", ExplainPolicy = true });

        var counterfactuals = turn.Negotiation!.Counterfactuals!.Value;
        Assert.Equal(["long-tail", "no-monoculture", "variety"], counterfactuals.Select(one => one.Rule));
        var shown = turn.Slate!.Items.Select(item => item.ItemId).ToArray();
        Assert.All(counterfactuals, one =>
        {
            Assert.Equal(10, one.Slate.Length);
            Assert.Equal<string>([.. one.Slate.Except(shown, StringComparer.Ordinal)], [.. one.Entering]);
            Assert.Equal<string>([.. shown.Except(one.Slate, StringComparer.Ordinal)], [.. one.Leaving]);
            Assert.True(one.UtilityKept >= turn.Negotiation.UtilityKept - 0.01);
        });
        Assert.Contains(counterfactuals, one => one.Rule == "long-tail" && one.Entering.Length > 0);
        Assert.Null((await silo.TurnAsync(session, TurnRequest.Empty with { Policy = "longtail" })).Negotiation!.Counterfactuals);
    }

    [Fact]
    public async Task Put_OfWhatIsWrong_SaysWhereAndStoresNothing()
    {
        PolicyPutOutcome[] outcomes =
        [
            await silo.Policies.Put("wrong", "{"),
            await silo.Policies.Put("wrong", """{"name":"other","rules":[]}"""),
            await silo.Policies.Put("wrong", """{"name":"wrong","rules":[{"id":"x","type":"count","facet":"genre","atMost":-1,"severity":"hard","priority":1}]}"""),
        ];

        Assert.All(outcomes, outcome => Assert.Null(outcome.Stored));
        Assert.All(outcomes, outcome => Assert.NotEmpty(outcome.Errors));
        Assert.Null(await silo.Policies.Get("wrong", null));
    }

    [Fact]
    public async Task Turn_UnderRulesThatCannotBeMet_NamesRuleBoundAndValue()
    {
        await PutAsync("impossible", """{"id":"all-genres","type":"distinct","facet":"genre","atLeast":99,"severity":"hard","priority":1}""");

        var turn = await silo.TurnAsync(await silo.OpenAsync("impossible", "viewer-021"), TurnRequest.Empty with { Policy = "impossible" });

        Assert.Equal(NegotiationOutcome.Relaxed, turn.Negotiation!.Outcome);
        var relaxed = Assert.Single(turn.Negotiation.Relaxed);
        Assert.Equal(("all-genres", 99.0), (relaxed.Rule, relaxed.Bound));
        Assert.Equal(relaxed.Value, turn.Slate!.Items.SelectMany(item => Values(item, "genre")).Distinct(StringComparer.Ordinal).Count());
        Assert.NotEmpty(relaxed.Reason);
        await silo.VerifiedAsync(turn);
    }

    [Fact]
    public async Task Turn_UnderAFrequencyCap_ShowsNothingTooOften()
    {
        await PutAsync("capped", """{"id":"cap","type":"frequencyCap","atMost":2,"days":7,"severity":"safety"}""");
        var session = await silo.OpenAsync("capped", "viewer-022");
        var capped = TurnRequest.Empty with { Policy = "capped", SlateSize = 5 };
        var turns = new List<TurnResult>();
        for (var i = 0; i < 5; i++)
            turns.Add(await silo.TurnAsync(session, capped));

        var counts = turns.SelectMany(turn => turn.Slate!.Items).CountBy(item => item.ItemId, StringComparer.Ordinal).ToArray();
        Assert.All(counts, count => Assert.InRange(count.Value, 1, 2));
        Assert.Contains(counts, count => count.Value == 2);
        foreach (var turn in turns)
            await silo.VerifiedAsync(turn);

        silo.Clock.Advance(TimeSpan.FromDays(7) + TimeSpan.FromSeconds(1));
        var later = await silo.TurnAsync(session, capped);
        Assert.Contains(later.Slate!.Items, item => turns[0].Slate!.Items.Any(first => first.ItemId == item.ItemId));
        await silo.VerifiedAsync(later);
    }

    [Fact]
    public async Task Turn_WithoutAPolicy_IsUnderTheDefaultOne()
    {
        var turn = await silo.TurnAsync(await silo.OpenAsync("by default", "viewer-023"));

        Assert.Equal("default", (await silo.VerifiedAsync(turn)).GetProperty("policy").GetProperty("name").GetString());
        Assert.InRange(MostOfOneFirstGenre(turn), 1, 5);
    }

    [Fact]
    public async Task Put_OfNewItems_CanBeFoundByTheirTitleAtOnce()
    {
        Item comet = new("new/1 +🎬", "Zyxwv the Quuxotic Comet", null, Item.NoFacets.Add("genre", ["Drama"]).Add("year", ["2025"]), null);
        var agent = silo.CatalogueGrain;
        Assert.Equal((1, 0, 0), Counts(await agent.Put([comet with { Title = "Overruled" }, comet])));
        Assert.Equal((0, 0, 1), Counts(await agent.Put([comet])));
        Assert.Equal((0, 1, 0), Counts(await agent.Put([comet with { Text = "about a comet" }])));

        var session = await silo.OpenAsync("newest", "someone curious");
        var turn = await silo.TurnAsync(session, TurnRequest.Empty with { Message = "quuxotic comet" });

        Assert.Equal(comet.ItemId, turn.Slate!.Items[0].ItemId);
        Assert.Equal("about a comet", (await silo.Item(comet.ItemId).Describe())!.Item.Text);
        Assert.Null(await silo.Item("no such item").Describe());
        await silo.VerifiedAsync(turn);
        await silo.User("someone curious").Record([new Interaction("comet", "someone curious", comet.ItemId, InteractionType.Like, null, null)]);
        Assert.DoesNotContain((await silo.TurnAsync(session, TurnRequest.Empty with { Message = "quuxotic comet" })).Slate!.Items, item => item.ItemId == comet.ItemId);

        await silo.RestartAsync();

        Assert.Equal("about a comet", (await silo.Item(comet.ItemId).Describe())!.Item.Text);
        var again = await silo.TurnAsync(await silo.OpenAsync("newest again", "someone else"), TurnRequest.Empty with { Message = "quuxotic comet" });
        Assert.Equal(comet.ItemId, again.Slate!.Items[0].ItemId);
    }

    private async Task<int> PutAsync(string name, string rule)
    {
        var outcome = await silo.Policies.Put(name, $$"""{"name":"{{name}}","rules":[{{rule}}]}""");
        Assert.True(outcome.Stored is not null, string.Join("; ", outcome.Errors.Select(error => $"{error.Path}: {error.Message}")));
        return outcome.Stored.Version;
    }

    private IEnumerable<string> Values(SlateItem item, string facet) => silo.Catalogue.TryHandle(item.ItemId, out var handle) ? silo.Catalogue.Values(handle, facet) : [];

    private int MostOfOneFirstGenre(TurnResult turn) => turn.Slate!.Items.CountBy(item => Values(item, "firstGenre").Single(), StringComparer.Ordinal).Max(count => count.Value);

    private static string OfOneGenreAtMost(int bound) =>
        $$"""{"id":"mono","type":"count","facet":"firstGenre","forEach":true,"atMost":{{bound}},"severity":"hard","priority":1}""";

    private static int Version(JsonElement certificate) => certificate.GetProperty("policy").GetProperty("version").GetInt32();

    private static (int Added, int Changed, int Unchanged) Counts(CatalogueChange change) => (change.Added, change.Changed, change.Unchanged);
}
