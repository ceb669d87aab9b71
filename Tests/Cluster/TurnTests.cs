using System.Text.Json;
using AgentRec.Domain;

namespace AgentRec.Tests.Cluster;

/// <summary>A turn through all agents.</summary>
[Collection(SiloCollection.Name)]
[Trait("Category", "Cluster")]
public sealed class TurnTests(SiloFixture silo)
{
    private const string Known = "viewer-001";

    [Fact]
    public async Task Turn_OfAKnownUser_ShowsTenNewItemsWithReasons()
    {
        var turn = await silo.TurnAsync(await silo.OpenAsync("known", Known));
        var log = await silo.LogAsync(Known);
        var consumed = log.Select(one => one.Event).OfType<InteractionRecorded>().Where(one => one.Interaction.IsConsumed)
            .Select(one => one.Interaction.ItemId).ToHashSet(StringComparer.Ordinal);

        Assert.Equal((1, TurnKind.Slate), (turn.Turn, turn.Kind));
        Assert.Equal(10, turn.Slate!.Items.Select(item => item.ItemId).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(Enumerable.Range(1, 10), turn.Slate.Items.Select(item => item.Rank));
        Assert.Empty(turn.Degraded);
        foreach (var item in turn.Slate.Items)
        {
            Assert.True(silo.Catalogue.TryHandle(item.ItemId, out var handle));
            Assert.Equal(silo.Catalogue.Item(handle).Title, item.Title);
            Assert.DoesNotContain(item.ItemId, consumed);
            Assert.InRange(item.Relevance, 0, 1);
            Assert.Equal(Math.Round(item.Relevance * 20) / 20, item.Relevance, 9);
            Assert.NotEmpty(item.Origins);
            Assert.NotEmpty(item.Explanation.Evidence);
            foreach (var evidence in item.Explanation.Evidence)
            {
                if (evidence.Kind is EvidenceKind.History)
                    Assert.Contains(evidence.ItemId!, consumed);
                else if (evidence.Kind is EvidenceKind.Fact)
                    Assert.Contains(evidence.Value, silo.Catalogue.Values(handle, evidence.Facet!));
            }
        }
    }

    [Fact]
    public async Task Turn_OfANewUser_ShowsWhatIsPopular()
    {
        var turn = await silo.TurnAsync(await silo.OpenAsync("new", "nobody knows me"));

        Assert.Equal(10, turn.Slate!.Items.Length);
        Assert.All(turn.Slate.Items, item => Assert.Equal("trending", Assert.Single(item.Origins)));
        Assert.Contains(turn.Slate.Items, item => silo.Catalogue.TryHandle(item.ItemId, out var handle) && silo.Catalogue.PositiveCounts[handle] > 20);
        await silo.VerifiedAsync(turn);
    }

    [Fact]
    public async Task Turn_UnderThePolicy_HoldsEveryHardRule()
    {
        foreach (var user in (string[])["viewer-002", "viewer-003", "somebody new"])
        {
            var turn = await silo.TurnAsync(await silo.OpenAsync($"rules {user}", user), TurnRequest.Empty with { Policy = "balanced" });
            var handles = turn.Slate!.Items.Select(item => silo.Catalogue.TryHandle(item.ItemId, out var handle) ? handle : -1).ToArray();

            Assert.NotEqual(NegotiationOutcome.Relaxed, turn.Negotiation!.Outcome);
            Assert.Empty(turn.Negotiation.Relaxed);
            Assert.Equal(10, handles.Length);
            Assert.InRange(handles.Count(handle => silo.Catalogue.Stratum(handle) is Stratum.Head), 0, 3);
            Assert.InRange(handles.Count(handle => silo.Catalogue.Stratum(handle) is Stratum.Tail), 3, 10);
            Assert.InRange(handles.SelectMany(handle => silo.Catalogue.Values(handle, "genre")).Distinct(StringComparer.Ordinal).Count(), 6, 99);
            Assert.All(handles.GroupBy(handle => silo.Catalogue.Values(handle, "firstGenre")[0], StringComparer.Ordinal), genre => Assert.InRange(genre.Count(), 1, 3));
            Assert.DoesNotContain(handles, handle => silo.Catalogue.Values(handle, "maturity").Contains("NC-17"));
        }
    }

    [Fact]
    public async Task Certificate_OfATurn_VerifiesAndNamesTheSlate()
    {
        var turn = await silo.TurnAsync(await silo.OpenAsync("certified", "viewer-004"), TurnRequest.Empty with { Policy = "balanced" });

        var certificate = await silo.VerifiedAsync(turn);

        Assert.Equal(turn.Slate!.Items.Select(item => item.ItemId), certificate.GetProperty("slate").EnumerateArray().Select(id => id.GetString()!));
        Assert.Equal("balanced", certificate.GetProperty("policy").GetProperty("name").GetString());
        Assert.Equal("certified", certificate.GetProperty("session").GetString());
        var key = Assert.Single(await silo.Policy().Keys());
        Assert.Equal(key.KeyId, certificate.GetProperty("keyId").GetString());
    }

    [Fact]
    public async Task Certificate_WithAnyMemberChanged_IsInvalid()
    {
        var turn = await silo.TurnAsync(await silo.OpenAsync("forged", "viewer-005"), TurnRequest.Empty with { Policy = "balanced" });
        var certificate = (await silo.Policy().FindCertificate(turn.CertificateId!))!;
        using var document = JsonDocument.Parse(certificate);

        foreach (var member in document.RootElement.EnumerateObject())
        {
            var forged = certificate.Replace($"\"{member.Name}\":{member.Value.GetRawText()}", $"\"{member.Name}\":{Other(member.Value)}", StringComparison.Ordinal);
            Assert.NotEqual(certificate, forged);
            var verification = await silo.Policy().Verify(forged, null);
            Assert.False(verification.IsValid, $"{member.Name} was changed to {Other(member.Value)}");
            Assert.NotEmpty(verification.Findings);
        }
    }

    [Fact]
    public async Task Message_ThatNamesATitle_BringsTheTitle()
    {
        var wanted = silo.Catalogue.Items.First(item => item.Title.Length > 15 && item.Title.Split(' ').Length > 3);

        var turn = await silo.TurnAsync(await silo.OpenAsync("message", "someone who asks"), TurnRequest.Empty with { Message = wanted.Title });

        var found = Assert.Single(turn.Slate!.Items, item => item.ItemId == wanted.ItemId);
        Assert.Equal(1, found.Rank);
        Assert.Contains("vectors", found.Origins);
    }

    [Fact]
    public async Task Message_OfUnknownWords_IsNotHeldAgainstTheUser()
    {
        var turn = await silo.TurnAsync(await silo.OpenAsync("gibberish", "someone who mumbles"), TurnRequest.Empty with { Message = "zzxqv wqxzv 🎬" });

        Assert.Equal(10, turn.Slate!.Items.Length);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(50)]
    public async Task Slate_OfAnyAllowedSize_HasThatManyItems(int size)
    {
        var turn = await silo.TurnAsync(await silo.OpenAsync($"size {size}", "viewer-006"), TurnRequest.Empty with { SlateSize = size, Policy = "longtail" });

        Assert.True(turn.Slate!.Items.Length == size || turn.Negotiation!.Short, $"{turn.Slate.Items.Length} items, outcome {turn.Negotiation}");
        await silo.VerifiedAsync(turn);
    }

    [Fact]
    public async Task Constraints_OfATurn_HoldAndStay()
    {
        var session = await silo.OpenAsync("constraints", "viewer-007");
        Constraint from1990 = new("year", ConstraintOperator.Ge, ["1990"], ConstraintStrength.Hard, null);
        Constraint noDrama = new("genre", ConstraintOperator.Ne, ["Drama"], ConstraintStrength.Hard, null);

        await silo.TurnAsync(session, TurnRequest.Empty with { Constraints = [from1990] });
        var turn = await silo.TurnAsync(session, TurnRequest.Empty with { Constraints = [noDrama] });

        Assert.Equal([from1990, noDrama], turn.Constraints.ToArray());
        Assert.NotEmpty(turn.Slate!.Items);
        foreach (var item in turn.Slate.Items)
        {
            Assert.True(silo.Catalogue.TryHandle(item.ItemId, out var handle));
            Assert.InRange(int.Parse(silo.Catalogue.Values(handle, "year")[0]), 1990, 2100);
            Assert.DoesNotContain("Drama", silo.Catalogue.Values(handle, "genre"));
        }
    }

    [Fact]
    public async Task Constraints_ThatNothingMeets_GiveAShortSlate()
    {
        Constraint future = new("year", ConstraintOperator.Ge, ["2999"], ConstraintStrength.Hard, null);

        var turn = await silo.TurnAsync(await silo.OpenAsync("nothing", "viewer-008"), TurnRequest.Empty with { Constraints = [future] });

        Assert.Empty(turn.Slate!.Items);
        Assert.True(turn.Negotiation!.Short);
        await silo.VerifiedAsync(turn);
    }

    private static string Other(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => (value.GetInt64() + 1).ToString(),
        JsonValueKind.True => "false",
        JsonValueKind.False => "true",
        JsonValueKind.Array when value.GetArrayLength() > 1 => $"[{string.Join(',', value.EnumerateArray().Reverse().Select(one => one.GetRawText()))}]",
        JsonValueKind.Array => "[\"x\"]",
        JsonValueKind.Object => "{}",
        _ => JsonSerializer.Serialize($"{value.GetString()}x"),
    };
}
