using System.Collections.Immutable;
using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Sessions;
using AgentRec.Grains.Abstractions.Users;

namespace AgentRec.Tests.Cluster;

/// <summary>The conduct of a session: one turn at a time, repeatable, readable while it runs, and there again after a restart.</summary>
[Collection(SiloCollection.Name)]
[Trait("Category", "Cluster")]
public sealed class SessionTests(SiloFixture silo)
{
    [Fact]
    public async Task Begin_WhileATurnRuns_IsRefusedUnlessItIsTheSame()
    {
        var session = await silo.OpenAsync("guard", "guarded");
        var request = TurnRequest.Empty with { TurnId = "mine" };
        var held = new TaskCompletionSource();
        using (silo.Gate.Before<IUserAgent>(nameof(IUserAgent.Nominate), (_, _) => held.Task))
        {
            Assert.Equal(new TurnAdmission(TurnAdmissionStatus.Started, 1, null), await session.Begin(request));
            Assert.Equal(TurnAdmissionStatus.TurnInProgress, (await session.Begin(TurnRequest.Empty)).Status);
            Assert.Equal(TurnAdmissionStatus.TurnInProgress, (await session.Begin(request with { TurnId = "other" })).Status);
            Assert.Equal(new TurnAdmission(TurnAdmissionStatus.Known, 1, null), await session.Begin(request));
            Assert.Equal(TurnAdmissionStatus.ContentConflict, (await session.Begin(request with { SlateSize = 3 })).Status);
            Assert.Equal(1, (await session.Describe())!.TurnInProgress);
            held.SetResult();
            Assert.NotNull((await session.Complete(1))!.Result);
        }

        Assert.Equal(new TurnAdmission(TurnAdmissionStatus.Known, 1, null), await session.Begin(request));
        Assert.Equal(TurnAdmissionStatus.ContentConflict, (await session.Begin(request with { Message = "x" })).Status);
        var view = (await session.Describe())!;
        Assert.Null(view.TurnInProgress);
        Assert.Equal("mine", Assert.Single(view.Turns).Result.TurnId);
        Assert.Single(await silo.LogAsync("guarded"), one => one.Event is TurnTaken);
    }

    [Fact]
    public async Task Events_OfARunningAndOfAFinishedTurn_AreTheSame()
    {
        var session = await silo.OpenAsync("events", "viewer-010");
        var held = new TaskCompletionSource();
        using var gate = silo.Gate.Before<IUserAgent>(nameof(IUserAgent.Nominate), (_, _) => held.Task);
        await session.Begin(TurnRequest.Empty with { Policy = "balanced", Message = "war" });
        var live = SiloFixture.EventsAsync(session, 1);
        var another = SiloFixture.EventsAsync(session, 1, after: 2);
        held.SetResult();
        var ending = await session.Complete(1);

        var events = await live;
        Assert.Equal(Enumerable.Range(1, events.Count), events.Select(one => one.Number));
        Assert.Equal(events, await SiloFixture.EventsAsync(session, 1));
        Assert.Equal(events.Skip(2), await another);
        Assert.Equal(events.Skip(5), await SiloFixture.EventsAsync(session, 1, after: 5));
        Assert.Empty(await SiloFixture.EventsAsync(session, 1, after: events.Count));
        Assert.Empty(await SiloFixture.EventsAsync(session, 2));
        Assert.Equal(DomainJson.Write(ending!.Result!), events[^1].Data);
        Assert.Equal(TurnEventKind.Slate, events[^1].Kind);
        TurnEventKind[] expected = [TurnEventKind.Plan, TurnEventKind.Nomination, TurnEventKind.ToolCall, TurnEventKind.Bid, TurnEventKind.Proposal, TurnEventKind.Agreement];
        Assert.Subset(events.Select(one => one.Kind).ToHashSet(), expected.ToHashSet());
        Assert.Single(events, one => one.IsLast);
    }

    [Fact]
    public async Task Close_WhileATurnRuns_CancelsItAndRecordsNothingOfIt()
    {
        var session = await silo.OpenAsync("closing", "closer");
        var held = new TaskCompletionSource();
        Task<bool> closing;
        using (silo.Gate.Before<IUserAgent>(nameof(IUserAgent.Nominate), (_, _) => held.Task))
        {
            await session.Begin(TurnRequest.Empty with { TurnId = "t" });
            var events = SiloFixture.EventsAsync(session, 1);
            closing = session.Close();
            Assert.Equal(TurnEnding.Closed, (await session.Complete(1))!.Failure);
            Assert.Equal(TurnEventKind.Error, (await events)[^1].Kind);
            held.SetResult();
        }

        Assert.True(await closing);
        Assert.True(await session.Close());
        Assert.Equal(TurnAdmissionStatus.SessionClosed, (await session.Begin(TurnRequest.Empty)).Status);
        Assert.NotNull((await session.Describe())!.ClosedAt);
        Assert.Equal([typeof(SessionOpened), typeof(SessionClosed)], (await silo.LogAsync("closer")).Select(one => one.Event.GetType()));
    }

    [Fact]
    public async Task Turn_ThatFails_LeavesNothingAndMayBeRepeated()
    {
        var session = await silo.OpenAsync("failing", "failer");
        var request = TurnRequest.Empty with { TurnId = "again" };
        using (silo.Gate.Before<IUserAgent>(nameof(IUserAgent.Nominate), (_, _) => throw new InvalidOperationException("broken for a test")))
        {
            Assert.Equal("internal", (await silo.EndAsync(session, request)).Failure);
            var last = Assert.Single(await SiloFixture.EventsAsync(session, 1), one => one.IsLast);
            Assert.Equal(TurnEventKind.Error, last.Kind);
            Assert.DoesNotContain("broken", last.Data, StringComparison.Ordinal);
        }
        Assert.Empty((await session.Describe())!.Turns);

        var turn = await silo.TurnAsync(session, request);

        Assert.Equal((1, "again"), (turn.Turn, turn.TurnId));
        Assert.Single(await silo.LogAsync("failer"), one => one.Event is TurnTaken);
    }

    [Fact]
    public async Task Begin_OfWhatDoesNotExist_SaysWhat()
    {
        Assert.Equal(TurnAdmissionStatus.UnknownSession, (await silo.Session("never opened").Begin(TurnRequest.Empty)).Status);
        Assert.Null(await silo.Session("never opened").Describe());
        Assert.False(await silo.Session("never opened").Close());
        Assert.Empty(await SiloFixture.EventsAsync(silo.Session("never opened"), 1));

        var session = await silo.OpenAsync("unknowns", "asker");
        Assert.Equal(TurnAdmissionStatus.UnknownPolicy, (await session.Begin(TurnRequest.Empty with { Policy = "nope" })).Status);
        Assert.Equal(TurnAdmissionStatus.UnknownProtocol, (await session.Begin(TurnRequest.Empty with { Protocol = "nope" })).Status);
        Assert.Equal(TurnAdmissionStatus.UnknownQuestion, (await session.Begin(TurnRequest.Empty with { Answer = new Answer("q", "x") })).Status);
        Assert.Null(await session.Complete(1));
        Assert.Equal(1, (await silo.TurnAsync(session)).Turn);
    }

    [Fact]
    public async Task Open_Again_ChangesNothingOrIsRefused()
    {
        var opening = new SessionOpening("opener", 7, ImmutableSortedDictionary<string, string>.Empty.Add("device", "tv"));
        Assert.True(await silo.Session("opened").Open(opening));
        Assert.True(await silo.Session("opened").Open(opening));
        Assert.True(await silo.Session("opened").Open(opening with { Seed = null }));
        Assert.False(await silo.Session("opened").Open(opening with { UserId = "somebody else" }));
        Assert.False(await silo.Session("opened").Open(opening with { Seed = 8 }));
        Assert.False(await silo.Session("opened").Open(opening with { Context = opening.Context.Add("more", "x") }));

        Assert.Single(await silo.LogAsync("opener"));
        Assert.Empty(await silo.LogAsync("somebody else"));
    }

    [Fact]
    public async Task Turns_OfManySessionsOfOneUser_AreAllRecordedWithoutGaps()
    {
        var sessions = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => silo.OpenAsync($"many {i}", "many")));
        var turns = await Task.WhenAll(sessions.Select(session => silo.TurnAsync(session)));

        var log = await silo.LogAsync("many");
        Assert.Equal(24, log.Count);
        Assert.Equal(12, log.Count(one => one.Event is TurnTaken));
        Assert.Equal(12, turns.Select(turn => turn.CertificateId).Distinct(StringComparer.Ordinal).Count());
        foreach (var turn in turns)
            await silo.VerifiedAsync(turn);
        FoldedMemory.AssertIs(await silo.User("many").DescribeMemory(), log, silo.Catalogue);
    }

    [Fact]
    public async Task Session_AfterARestart_IsWhatItWas()
    {
        const string user = "01";
        Constraint wish = new("year", ConstraintOperator.Ge, ["1980"], ConstraintStrength.Hard, "from 1980");
        var session = await silo.OpenAsync("a/b +🎬", user, seed: 99);
        var first = await silo.TurnAsync(session, TurnRequest.Empty with { TurnId = "first", Constraints = [wish] });
        await silo.TurnAsync(session, TurnRequest.Empty with { Message = "comedy" });
        var events = await SiloFixture.EventsAsync(session, 1);
        await silo.User(user).Correct([new Correction("genre", "War", Attitude.Never)]);
        // Ids that a store may take for the same: each has a memory of its own.
        await silo.User("1").Correct([new Correction("genre", "Comedy", Attitude.Like)]);
        await silo.User("ABC").Correct([new Correction("genre", "Drama", Attitude.Like)]);
        await silo.User("abc").Correct([new Correction("genre", "Drama", Attitude.Dislike)]);
        var before = (DomainJson.Write((await session.Describe())!), DomainJson.Write(await silo.User(user).DescribeMemory()));

        await silo.RestartAsync();

        session = silo.Session("a/b +🎬");
        Assert.Equal(before, (DomainJson.Write((await session.Describe())!), DomainJson.Write(await silo.User(user).DescribeMemory())));
        Assert.Equal(events, await SiloFixture.EventsAsync(session, 1));
        Assert.Equal(events.Skip(3), await SiloFixture.EventsAsync(session, 1, after: 3));
        Assert.Equal(new TurnAdmission(TurnAdmissionStatus.Known, 1, null), await session.Begin(TurnRequest.Empty with { TurnId = "first", Constraints = [wish] }));
        Assert.Equal(DomainJson.Write(first), DomainJson.Write((await session.Complete(1))!.Result!));
        await silo.VerifiedAsync(first);
        var third = await silo.TurnAsync(session);
        Assert.Equal(3, third.Turn);
        Assert.Equal([wish, new Constraint("genre", ConstraintOperator.Eq, ["Comedy"], ConstraintStrength.Hard, "comedy")], third.Constraints.AsEnumerable());
        Assert.Equal([Attitude.Like, Attitude.Like, Attitude.Dislike], (await Task.WhenAll(new[] { "1", "ABC", "abc" }.Select(id => silo.User(id).DescribeMemory())))
            .Select(memory => Assert.Single(memory.Stated).Attitude));
    }
}
