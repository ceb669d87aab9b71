using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Users;
using AgentRec.Grains.Users;
using AgentRec.Recommenders.Memory;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Providers;
using Orleans.Storage;

namespace AgentRec.Tests.Cluster;

/// <summary>What a user agent records, remembers, corrects and forgets.</summary>
[Collection(SiloCollection.Name)]
[Trait("Category", "Cluster")]
public sealed class MemoryTests(SiloFixture silo)
{
    [Fact]
    public async Task Summary_WithoutALanguageModel_IsTheMemorysOwnSentences()
    {
        var view = await silo.Narrator.Summarise("viewer-090");

        Assert.False(view.Summary!.IsWorded);
        Assert.Equal(string.Join(' ', (await silo.User("viewer-090").DescribeMemory()).Sentences), view.Summary.Text);
        Assert.Equal([new Degradation("language", "none is configured")], view.Summary.Degraded.AsEnumerable());
    }

    [Fact]
    public async Task Record_FromManyCallers_RecordsEachOnceWithoutGaps()
    {
        const int callers = 20;
        Interaction[] all = [.. Enumerable.Range(0, 60).Select(i => Did("crowd", $"c{i}", i))];

        // Every caller sends a third of all, so that each interaction comes from several.
        var verdicts = await Task.WhenAll(Enumerable.Range(0, callers).Select(caller =>
            silo.User("crowd").Record([.. all.Where((_, i) => i % 3 == caller % 3)])));

        Assert.Equal(all.Length, verdicts.Sum(one => one.Count(verdict => verdict.Status is RecordStatus.Accepted)));
        Assert.DoesNotContain(verdicts, one => one.Any(verdict => verdict.Status is RecordStatus.Rejected));
        var log = await silo.LogAsync("crowd");
        Assert.Equal(all.Select(one => one.InteractionId).Order(StringComparer.Ordinal), Recorded(log).Select(one => one.InteractionId).Order(StringComparer.Ordinal));
        FoldedMemory.AssertIs(await silo.User("crowd").DescribeMemory(), log, silo.Catalogue);
    }

    [Fact]
    public async Task Record_OfAKnownId_IsADuplicateOrRejected()
    {
        var one = Did("owner", "known", 1);
        Assert.Equal(RecordStatus.Accepted, Assert.Single(await silo.User("owner").Record([one])).Status);

        var again = await silo.User("owner").Record([one, one with { Type = InteractionType.Dislike }, one with { Timestamp = DateTimeOffset.UnixEpoch }]);
        var other = await silo.User("stranger").Record([one with { UserId = "stranger" }]);

        Assert.Equal([RecordStatus.Duplicate, RecordStatus.Rejected, RecordStatus.Rejected], again.Select(verdict => verdict.Status));
        Assert.Equal(RecordStatus.Rejected, Assert.Single(other).Status);
        Assert.Contains("interactionId", other[0].Reason, StringComparison.Ordinal);
        Assert.Single(await silo.LogAsync("owner"));
        Assert.Empty(await silo.LogAsync("stranger"));
    }

    [Fact]
    public async Task Record_OfOneIdByManyUsersAtOnce_IsAcceptedOnce()
    {
        string[] users = [.. Enumerable.Range(0, 8).Select(i => $"racer {i}")];

        var verdicts = await Task.WhenAll(users.Select(user => silo.User(user).Record([Did(user, "the only one", 2), Did(user, $"own of {user}", 3)])));

        Assert.Single(verdicts, one => one[0].Status is RecordStatus.Accepted);
        Assert.All(verdicts, one => Assert.Equal(RecordStatus.Accepted, one[1].Status));
        var logs = await Task.WhenAll(users.Select(silo.LogAsync));
        Assert.Single(logs, log => Recorded(log).Any(one => one.InteractionId == "the only one"));
    }

    [Fact]
    public async Task Record_OfABatchWithFaults_TakesTheRest()
    {
        var good = Did("mixed", "good", 1);

        var verdicts = await silo.User("mixed").Record(
            [good, good, good with { Value = 3 }, good with { InteractionId = "x", ItemId = "no such item" }, good with { InteractionId = "y", Type = InteractionType.Rate, Value = 9 }, Did("mixed", "last", 2)]);

        Assert.Equal(
            [RecordStatus.Accepted, RecordStatus.Duplicate, RecordStatus.Rejected, RecordStatus.Rejected, RecordStatus.Rejected, RecordStatus.Accepted],
            verdicts.Select(verdict => verdict.Status));
        Assert.StartsWith("itemId", verdicts[3].Reason, StringComparison.Ordinal);
        Assert.StartsWith("value", verdicts[4].Reason, StringComparison.Ordinal);
        Assert.Equal(["good", "last"], Recorded(await silo.LogAsync("mixed")).Select(one => one.InteractionId));
    }

    [Fact]
    public async Task Record_WithoutATimestamp_CountsFromItsArrival()
    {
        await silo.User("timeless").Record([Did("timeless", "now", 1) with { Timestamp = null }]);

        var memory = await silo.User("timeless").DescribeMemory();

        Assert.Equal(silo.Clock.GetUtcNow(), memory.LastActive);
        Assert.Equal(RecordStatus.Duplicate, Assert.Single(await silo.User("timeless").Record([Did("timeless", "now", 1) with { Timestamp = null }])).Status);
    }

    [Fact]
    public async Task Memory_OfALongLog_IsItsFoldAfterARestartToo()
    {
        const string user = "viewer-011";
        for (var i = 0; i < 10; i++)
            await silo.User(user).Record([.. Enumerable.Range(0, 15).Select(j => Did(user, $"long {i} {j}", (i * 15) + j, (InteractionType)((i + j) % 6)))]);
        await silo.User(user).Correct([new Correction("genre", "Comedy", Attitude.Like)]);
        await silo.TurnAsync(await silo.OpenAsync("long", user));
        FoldedMemory.AssertIs(await silo.User(user).DescribeMemory(), await silo.LogAsync(user), silo.Catalogue);

        await silo.RestartAsync();

        FoldedMemory.AssertIs(await silo.User(user).DescribeMemory(), await silo.LogAsync(user), silo.Catalogue);
    }

    [Fact]
    public async Task Snapshot_OfALongLog_IsTheWholeMemoryEveryTime()
    {
        const string user = "snapped";
        for (var i = 0; i < 3; i++)
        {
            // As many as lead to a snapshot.
            await silo.User(user).Record([.. Enumerable.Range(0, 64).Select(j => Did(user, $"snapped {i} {j}", (i * 64) + j, (InteractionType)(j % 6)))]);
            var memory = UserMemory.Restore(MemorySnapshot.Empty);
            foreach (var logged in await silo.LogAsync(user))
                memory.Apply(logged, silo.Catalogue);

            var stored = new GrainState<UserAgentState>();
            await silo.Services.GetRequiredKeyedService<IGrainStorage>(ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME).ReadStateAsync(
                UserAgentState.Name, silo.User(user).GetGrainId(), stored);

            Assert.Equal((i + 1) * 64, stored.State!.Memory.Sequence);
            Assert.Equal(DomainJson.Write(memory.Snapshot()), DomainJson.Write(stored.State.Memory));
        }
    }

    [Fact]
    public async Task Forget_LeavesNothing_AndCertificatesStillVerify()
    {
        const string user = "viewer-012";
        var session = await silo.OpenAsync("forgetting", user);
        var before = await silo.TurnAsync(session);
        await silo.User(user).Correct([new Correction("genre", "War", Attitude.Never)]);

        await silo.User(user).Forget();

        var memory = await silo.User(user).DescribeMemory();
        Assert.Equal((0, 0, 0), (memory.Interactions, memory.Consumed, memory.Shown));
        Assert.Empty(memory.Recent);
        Assert.Empty(memory.Affinities);
        Assert.Empty(memory.Stated);
        Assert.Null(memory.LastActive);
        await silo.VerifiedAsync(before);
        var after = await silo.TurnAsync(session);
        Assert.All(after.Slate!.Items, item => Assert.Equal("trending", Assert.Single(item.Origins)));
        Assert.All(after.Slate.Items, item => Assert.DoesNotContain(item.Explanation.Evidence, evidence => evidence.Kind is EvidenceKind.History));
        await silo.VerifiedAsync(after);

        await silo.RestartAsync();
        FoldedMemory.AssertIs(await silo.User(user).DescribeMemory(), await silo.LogAsync(user), silo.Catalogue);
        await silo.VerifiedAsync(before);
    }

    [Fact]
    public async Task Correct_ChangesTheNextSlate()
    {
        const string user = "viewer-013";
        var session = await silo.OpenAsync("correcting", user);
        var policy = await silo.Policies.Put("free", """{"name":"free","rules":[]}""");
        Assert.Empty(policy.Errors);
        var free = TurnRequest.Empty with { Policy = "free", SlateSize = 20 };
        var before = Genres(await silo.TurnAsync(session, free));
        var leading = before.GroupBy(genre => genre, StringComparer.Ordinal).MaxBy(group => group.Count())!.Key;

        await silo.User(user).Correct([new Correction("genre", leading, Attitude.Never)]);
        var without = Genres(await silo.TurnAsync(session, free));
        Assert.DoesNotContain(leading, without);

        await silo.User(user).Correct([new Correction("genre", leading, Attitude.Neutral)]);
        Assert.Contains(leading, Genres(await silo.TurnAsync(session, free)));

        await silo.User(user).Correct([new Correction("genre", "Western", Attitude.Like)]);
        var with = Genres(await silo.TurnAsync(session, free));
        Assert.True(with.Count(genre => genre == "Western") > before.Count(genre => genre == "Western"), $"{with.Count(genre => genre == "Western")} Westerns");
    }

    [Fact]
    public async Task Feedback_OnAShownItem_KeepsItOutOfTheNextSlate()
    {
        var session = await silo.OpenAsync("feedback", "viewer-014");
        var first = (await silo.TurnAsync(session)).Slate!.Items[0].ItemId;

        await silo.User("viewer-014").Record([new Interaction("fb", "viewer-014", first, InteractionType.Dislike, null, null)]);

        Assert.DoesNotContain((await silo.TurnAsync(session)).Slate!.Items, item => item.ItemId == first);
    }

    [Fact]
    public async Task ItemAgents_OfWhatIsShown_CountShowingsAndReception()
    {
        const string user = "viewer-015";
        var slate = (await silo.TurnAsync(await silo.OpenAsync("exposed", user))).Slate!.Items;
        var (liked, disliked) = (slate[0].ItemId, slate[1].ItemId);
        var shown = await Task.WhenAll(slate.Select(async item => (await silo.Item(item.ItemId).Describe())!.Exposures));
        await silo.TurnAsync(await silo.OpenAsync("exposed again", user));
        foreach (var (item, i) in slate.Select((item, i) => (item.ItemId, i)))
            Assert.True((await silo.Item(item).Describe())!.Exposures >= shown[i]);
        var before = (await silo.Item(liked).Describe())!;
        var unshown = silo.Catalogue.Items[1_999].ItemId;
        var indifferent = (await silo.Item(unshown).Describe())!.Receptions;

        await silo.User(user).Record(
        [
            new Interaction("r1", user, liked, InteractionType.Like, null, null),
            new Interaction("r2", user, disliked, InteractionType.Dismiss, null, null),
            new Interaction("r3", user, unshown, InteractionType.Like, null, null),
        ]);

        await SiloFixture.ComesToAsync(before.Receptions + 1, async () => (await silo.Item(liked).Describe())!.Receptions);
        await SiloFixture.ComesToAsync(1, async () => (await silo.Item(disliked).Describe())!.Rejections);
        Assert.Equal(indifferent, (await silo.Item(unshown).Describe())!.Receptions);
        Assert.True((await silo.Item(liked).Describe())!.Exposures >= 1);
        var counted = await Task.WhenAll(slate.Select(item => silo.Item(item.ItemId).Describe()));

        await silo.RestartAsync();

        Assert.Equal(counted.Select(DomainJson.Write), (await Task.WhenAll(slate.Select(item => silo.Item(item.ItemId).Describe()))).Select(DomainJson.Write));
    }

    private string[] Genres(TurnResult turn) => [.. turn.Slate!.Items.SelectMany(item =>
        silo.Catalogue.TryHandle(item.ItemId, out var handle) ? silo.Catalogue.Values(handle, "genre") : [])];

    private Interaction Did(string user, string id, int item, InteractionType type = InteractionType.View) => new(
        id, user, silo.Catalogue.Items[item].ItemId, type, type is InteractionType.Rate ? 4 : null, new DateTimeOffset(2025, 5, 1, 0, item % 60, 0, TimeSpan.Zero));

    private static IEnumerable<Interaction> Recorded(IReadOnlyList<LoggedEvent> log) =>
        log.Select(one => one.Event).OfType<InteractionRecorded>().Select(one => one.Interaction);
}
