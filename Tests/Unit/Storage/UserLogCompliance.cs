using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Storage;
using AgentRec.Storage;
using CsCheck;
using static AgentRec.Tests.Unit.Storage.Samples;

namespace AgentRec.Tests.Unit.Storage;

/// <summary>What every implementation of <see cref="IUserLog"/> must do.</summary>
public abstract class UserLogCompliance : StoreFixture
{
    private const string Tenant = "default";

    private IUserLog Log => Store.Log;

    [ComplianceFact]
    public async Task Append_EveryKind_IsReadBackTheSame()
    {
        LoggedEvent[] events =
        [
            Event(1, new InteractionRecorded(new Interaction("i1", "u/ 🎬", "m+1", InteractionType.View, null, null))),
            Event(2, new InteractionRecorded(Rating("u/ 🎬", "m2", 3.5, Start))),
            Event(3, Opened("s1")),
            Event(4, Turn("s1", 1, "m3", "m4")),
            Event(5, new MemoryCorrected([new Correction("genre", "Horror", Attitude.Never)])),
            Event(6, new SessionClosed("s1")),
            Event(7, new MemoryForgotten()),
        ];
        Assert.Equal(AppendOutcome.Appended, await Log.AppendAsync(Tenant, "u/ 🎬", events, null, default));
        await ReopenAsync();
        var read = await Log.ReadAsync(Tenant, "u/ 🎬", 0, 100, default);
        Assert.Equal(events.Select(Json), read.Select(Json));
        Assert.Equal([2L, 3L], (await Log.ReadAsync(Tenant, "u/ 🎬", 1, 2, default)).Select(happened => happened.Sequence));
        Assert.Empty(await Log.ReadAsync(Tenant, "u/ 🎬", 7, 10, default));
        Assert.Empty(await Log.ReadAsync("other", "u/ 🎬", 0, 10, default));
    }

    [ComplianceFact]
    public async Task Append_SequenceTakenOrWithGap_IsAConflictAndLeavesNothing()
    {
        await AppendAsync("u", null, Rated(1, "u", "a"));
        foreach (var sequence in new[] { 1, 3, 0 })
            Assert.Equal(AppendOutcome.SequenceConflict, await Log.AppendAsync(Tenant, "u", [Rated(sequence, "u", "b")], null, default));
        Assert.Equal(AppendOutcome.SequenceConflict, await Log.AppendAsync(Tenant, "u", [Rated(2, "u", "c"), Rated(4, "u", "d")], null, default));
        Assert.Single(await Log.ReadAsync(Tenant, "u", 0, 10, default));
    }

    [ComplianceFact]
    public async Task Append_IdsThatExist_AreRefusedWhole()
    {
        await AppendAsync("u", new TurnArchive("c1", "{}", "[]"), Rated(1, "u", "a"), Event(2, Opened("s")), Event(3, Turn("s", 1, "m")));
        var sameTurnId = Turn("s", 2, "m") with { };
        UserEvent[] refused =
        [
            new InteractionRecorded(Rating("u", "a", 5, null)),
            Opened("s"),
            Turn("s", 1, "m"),
            new TurnTaken(sameTurnId.Turn with { Result = sameTurnId.Turn.Result with { TurnId = "s-1" } }),
        ];
        foreach (var happened in refused)
            Assert.Equal(AppendOutcome.DuplicateId, await Log.AppendAsync(Tenant, "u", [Rated(4, "u", "new"), Event(5, happened)], null, default));
        Assert.Equal(
            AppendOutcome.DuplicateId,
            await Log.AppendAsync(Tenant, "u", [Event(4, Turn("s", 2, "m"))], new TurnArchive("c1", "{}", "[]"), default));
        Assert.Equal(3, (await Log.ReadAsync(Tenant, "u", 0, 10, default)).Count);
        Assert.Empty(await Log.FindInteractionsAsync(Tenant, ["rate/u/new"], default));
    }

    [ComplianceFact]
    public async Task Append_SameIdsInOtherTenant_AreOtherRows()
    {
        await AppendAsync("u", null, Rated(1, "u", "a"), Event(2, Opened("s")));
        Assert.Equal(AppendOutcome.Appended, await Log.AppendAsync("other", "u", [Rated(1, "u", "a"), Event(2, Opened("s"))], null, default));
    }

    [ComplianceFact]
    public async Task Append_ManyCallersWithConflicts_EachIsAnsweredForItself()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 200).Select(i =>
            Task.Run(async () => await Log.AppendAsync(Tenant, $"u{i % 100}", [Rated(1, $"u{i % 100}", $"m{i}")], null, default))));
        Assert.Equal(100, outcomes.Count(outcome => outcome is AppendOutcome.Appended));
        Assert.Equal(100, outcomes.Count(outcome => outcome is AppendOutcome.SequenceConflict));
        for (var i = 0; i < 100; i++)
            Assert.Single(await Log.ReadAsync(Tenant, $"u{i}", 0, 10, default));
    }

    [ComplianceFact]
    public async Task Append_OtherUsersInteractionOrNothing_Throws()
    {
        await Assert.ThrowsAsync<ArgumentException>(async () => await Log.AppendAsync(Tenant, "u", [Rated(1, "v", "a")], null, default));
        await Assert.ThrowsAsync<ArgumentException>(async () => await Log.AppendAsync(Tenant, "u", [], null, default));
    }

    [ComplianceFact]
    public async Task FindInteractions_SomeKnown_AnswersThose()
    {
        await AppendAsync("u", null, Rated(1, "u", "a"));
        await AppendAsync("v", null, Rated(1, "v", "b", 2));
        var found = await Log.FindInteractionsAsync(Tenant, ["rate/u/a", "rate/v/b", "nobody's"], default);
        Assert.Equal(["rate/u/a", "rate/v/b"], found.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(Rating("v", "b", 2, Start), found["rate/v/b"]);
    }

    [ComplianceFact]
    public async Task ReadSession_OpenedTurnedClosed_TellsAllInOrder()
    {
        await AppendAsync("u", null, Event(1, Opened("s")), Rated(2, "u", "a"), Event(3, Turn("s", 1, "m1")), Event(4, Turn("s", 2, "m2")));
        var open = await Log.ReadSessionAsync(Tenant, "s", default);
        Assert.NotNull(open);
        Assert.Null(open.ClosedAt);
        await AppendAsync("u", null, Event(5, new SessionClosed("s")));
        var history = await Log.ReadSessionAsync(Tenant, "s", default);
        Assert.NotNull(history);
        Assert.Equal("u", history.UserId);
        Assert.Equal(ulong.MaxValue, history.Opened.Seed);
        Assert.Equal(Start.AddMinutes(1), history.OpenedAt);
        Assert.Equal(Start.AddMinutes(5), history.ClosedAt);
        Assert.Equal([(Start.AddMinutes(3), 1), (Start.AddMinutes(4), 2)], history.Turns.Select(turn => (turn.At, turn.Record.Result.Turn)));
        Assert.Null(await Log.ReadSessionAsync(Tenant, "unknown", default));
    }

    [ComplianceFact]
    public async Task ReadFacts_ConsumedAndShown_AreReadUpToTheSequenceAndSinceTheMoment()
    {
        await AppendAsync(
            "u",
            null,
            Rated(1, "u", "rated"),
            Event(2, new InteractionRecorded(new Interaction("v", "u", "viewed", InteractionType.View, null, null))),
            Event(3, Turn("s", 1, "shown", "rated")),
            Event(4, Turn("s", 2, "shown")),
            Rated(5, "u", "later"));
        var facts = await Log.ReadFactsAsync(Tenant, "u", 4, ["rated", "viewed", "shown", "later", "never"], Start, default);
        Assert.Equal(["later", "never", "rated", "shown", "viewed"], facts.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(["rated"], facts.Where(fact => fact.Value.Consumed).Select(fact => fact.Key));
        Assert.Equal([Start.AddMinutes(3), Start.AddMinutes(4)], facts["shown"].Shown);
        Assert.Equal([Start.AddMinutes(3)], facts["rated"].Shown);
        Assert.Empty(facts["never"].Shown);
        var recent = await Log.ReadFactsAsync(Tenant, "u", 9, ["shown", "later"], Start.AddMinutes(3).AddTicks(1), default);
        Assert.Equal([Start.AddMinutes(4)], recent["shown"].Shown);
        Assert.True(recent["later"].Consumed);
    }

    [ComplianceFact]
    public async Task ReadFacts_AfterForget_CountOnlyWhatCameLater()
    {
        await AppendAsync("u", null, Rated(1, "u", "a"), Event(2, Turn("s", 1, "a")), Event(3, new MemoryForgotten()), Rated(4, "u", "b"));
        var now = await Log.ReadFactsAsync(Tenant, "u", 4, ["a", "b"], Start, default);
        Assert.False(now["a"].Consumed);
        Assert.Empty(now["a"].Shown);
        Assert.True(now["b"].Consumed);
        var then = await Log.ReadFactsAsync(Tenant, "u", 2, ["a"], Start, default);
        Assert.True(then["a"].Consumed);
        Assert.Single(then["a"].Shown);
    }

    [ComplianceFact]
    public async Task ReadInteractions_AllUsers_LeaveOutWhatWasForgotten()
    {
        await AppendAsync("v", null, Rated(1, "v", "a"), Rated(2, "v", "b"));
        await AppendAsync("u", null, Rated(1, "u", "a"), Event(2, new MemoryForgotten()), Rated(3, "u", "b"), Event(4, Opened("s")));
        var read = new List<string>();
        await foreach (var interaction in Store.Catalogue.ReadInteractionsAsync(Tenant, default))
            read.Add(interaction.InteractionId);
        Assert.Equal(["rate/u/b", "rate/v/a", "rate/v/b"], read);
    }

    [ComplianceFact]
    public async Task Append_TwoOpenersRaceForASequence_OneWins()
    {
        var pairs = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => Task.WhenAll(
            AtOnceAsync(Store, $"u{i}", Rated(1, $"u{i}", "a")), AtOnceAsync(Other, $"u{i}", Rated(1, $"u{i}", "b")))));
        foreach (var pair in pairs)
            Assert.Equal([AppendOutcome.Appended, AppendOutcome.SequenceConflict], pair.Order());
        for (var i = 0; i < 100; i++)
            Assert.Single(await Log.ReadAsync(Tenant, $"u{i}", 0, 10, default));
    }

    [ComplianceFact]
    public async Task Append_TwoOpenersInOppositeOrderRaceForIds_OneWinsEach()
    {
        const int count = 60;
        var outcomes = await Task.WhenAll(Enumerable.Range(0, count).SelectMany(i => new[]
        {
            AtOnceAsync(Store, $"u{i}", Viewed($"u{i}", $"id{i}")), AtOnceAsync(Other, $"v{i:D3}", Viewed($"v{i:D3}", $"id{count - 1 - i}")),
        }));
        Assert.Equal(count, outcomes.Count(outcome => outcome is AppendOutcome.Appended));
        Assert.Equal(count, outcomes.Count(outcome => outcome is AppendOutcome.DuplicateId));
        Assert.Equal(count, (await Log.FindInteractionsAsync(Tenant, [.. Enumerable.Range(0, count).Select(i => $"id{i}")], default)).Count);
    }

    [ComplianceFact]
    public async Task Append_OneConflictAmongMany_UndoesNobodyElse()
    {
        await AppendAsync("taken", null, Viewed("taken", "known"));
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => i switch
        {
            10 => AtOnceAsync(Store, "taken", Viewed("taken", "fresh")),
            // Its first event is new, and goes with the second.
            20 => AtOnceAsync(Store, "u20", Rated(1, "u20", "a"), Event(2, new InteractionRecorded(new Interaction("known", "u20", "m", InteractionType.View, null, null)))),
            _ => AtOnceAsync(Store, $"u{i}", Rated(1, $"u{i}", "a")),
        }));
        Assert.Equal(AppendOutcome.SequenceConflict, outcomes[10]);
        Assert.Equal(AppendOutcome.DuplicateId, outcomes[20]);
        Assert.Equal(48, outcomes.Count(outcome => outcome is AppendOutcome.Appended));
        Assert.Empty(await Log.ReadAsync(Tenant, "u20", 0, 10, default));
        Assert.Equal(AppendOutcome.Appended, await Log.AppendAsync(Tenant, "u20", [Rated(1, "u20", "a")], null, default));
    }

    [ComplianceFact]
    public async Task Append_HostileAndHugeIds_AreKeptExactly()
    {
        var huge = string.Concat(Enumerable.Repeat("🎬", Identifier.MaximumLength));
        string[] ids = ["'; DROP TABLE events; --", "%_\\\"", "NULL", "{1,2}", "$1@tenant:x", "\u202Eabc", "e\u0301", "\u00e9", "A", "a", huge];
        foreach (var id in ids)
        {
            Assert.Null(Identifier.Problem(id));
            await AppendAsync(id, null, Event(1, new InteractionRecorded(new Interaction(id, id, id, InteractionType.View, null, null))), Event(2, Opened(id)));
        }
        await ReopenAsync();
        var found = await Log.FindInteractionsAsync(Tenant, ids, default);
        foreach (var id in ids)
        {
            Assert.Equal(new Interaction(id, id, id, InteractionType.View, null, null), found[id]);
            Assert.Equal(2, (await Log.ReadAsync(Tenant, id, 0, 10, default)).Count);
            Assert.Equal(id, (await Log.ReadSessionAsync(Tenant, id, default))!.UserId);
            Assert.False((await Log.ReadFactsAsync(Tenant, id, 9, [id], Start, default))[id].Consumed);
        }
    }

    [ComplianceFact]
    public async Task Append_AnyOrderOfAppends_AnswersAsAModelDoes()
    {
        var step = Gen.Select(Gen.Int[0, 2], Gen.Int[1, 5], Gen.Int[0, 9].Array[1, 3], Gen.Bool, (user, first, ids, other) => (user, first, ids, other));
        var round = 0;
        await step.Array[1, 25].SampleAsync(
            async steps =>
            {
                var tenant = $"t{Interlocked.Increment(ref round)}";
                var (last, known) = (new int[3], new HashSet<int>());
                foreach (var (user, first, ids, other) in steps)
                {
                    var expected = first != last[user] + 1 ? AppendOutcome.SequenceConflict
                        : ids.Distinct().Count() < ids.Length || ids.Any(known.Contains) ? AppendOutcome.DuplicateId : AppendOutcome.Appended;
                    var events = ids.Select((id, i) => Event(first + i, new InteractionRecorded(new Interaction($"i{id}", $"u{user}", "m", InteractionType.View, null, null))));
                    Assert.Equal(expected, await (other ? Other : Store).Log.AppendAsync(tenant, $"u{user}", [.. events], null, default));
                    if (expected is AppendOutcome.Appended)
                    {
                        last[user] += ids.Length;
                        known.UnionWith(ids);
                    }
                }
                for (var user = 0; user < 3; user++)
                    Assert.Equal(Enumerable.Range(1, last[user]).Select(i => (long)i), (await Log.ReadAsync(tenant, $"u{user}", 0, 100, default)).Select(one => one.Sequence));
            },
            iter: 20, threads: 1);
    }

    private static LoggedEvent Viewed(string user, string id) => Event(1, new InteractionRecorded(new Interaction(id, user, "m", InteractionType.View, null, null)));

    private static Task<AppendOutcome> AtOnceAsync(Store store, string user, params LoggedEvent[] events) =>
        Task.Run(async () => await store.Log.AppendAsync(Tenant, user, events, null, default));

    private static string Json(LoggedEvent happened) => DomainJson.Write(happened);

    private async Task AppendAsync(string user, TurnArchive? archive, params LoggedEvent[] events) =>
        Assert.Equal(AppendOutcome.Appended, await Log.AppendAsync(Tenant, user, events, archive, default));
}
