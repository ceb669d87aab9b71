using AgentRec.Domain;
using AgentRec.Recommenders.Memory;
using CsCheck;

namespace AgentRec.Tests.Unit.Memory;

public sealed class UserMemoryTests
{
    [Fact]
    public void Fold_FromAnySnapshotOfTheWay_IsTheFoldInOneGo() => Gen.Select(Logs.Any, Gen.Int[0, 80]).Sample((log, cut) =>
    {
        var whole = Fold(MemorySnapshot.Empty, log);
        var half = Fold(MemorySnapshot.Empty, log.Take(cut)).Snapshot();
        var stored = DomainJson.Read<MemorySnapshot>(DomainJson.Write(half));

        Assert.Equal(DomainJson.Write(whole.Snapshot()), DomainJson.Write(Fold(stored, log.Skip(cut)).Snapshot()));
    }, iter: 300);

    [Fact]
    public void Fold_OfAnyLog_AgreesWithAPlainReadingOfIt() => Logs.Any.Sample(log =>
    {
        var memory = Fold(MemorySnapshot.Empty, log);
        var counted = log.Skip(1 + Array.FindLastIndex(log, one => one.Event is MemoryForgotten)).ToArray();
        var interactions = counted.Where(one => one.Event is InteractionRecorded)
            .Select(one => (Did: ((InteractionRecorded)one.Event).Interaction, one.At)).ToArray();
        var known = interactions.Where(one => one.Did.ItemId != "unknown")
            .Select(one => (one.Did, Item: int.Parse(one.Did.ItemId[1..]), At: MemoryWorld.Ms(one.Did.Timestamp ?? one.At))).ToArray();
        var shown = counted.Where(one => one.Event is TurnTaken)
            .SelectMany(one => ((TurnTaken)one.Event).Turn.Result.Slate!.Items.Select(item => (item.ItemId, one.At))).ToArray();

        Assert.Equal(log.Length, memory.Sequence);
        Assert.Equal(interactions.Length, memory.Interactions);
        Assert.Equal(shown.Length, memory.Shown);
        Assert.Equal(interactions.Length == 0 ? null : interactions.Max(one => MemoryWorld.Ms(one.Did.Timestamp ?? one.At)), memory.LastActive);
        Assert.Equal(
            known.Where(one => one.Did.IsPositive).DistinctBy(one => one.Item).OrderBy(one => one.At).Select(one => new TimedItem(one.Item, one.At)),
            memory.Positives);
        Assert.Equal(
            known.TakeLast(UserMemory.EpisodicCapacity).Select(one => new EpisodicEntry(one.Item, one.Did.Type, one.Did.Value, one.At)), memory.Recent);
        for (var item = 0; item < MemoryWorld.Films; item++)
            Assert.Equal(known.Any(one => one.Item == item && one.Did.IsConsumed), memory.HasConsumed(item));
        if (counted.LastOrDefault(one => one.Event is TurnTaken) is { } last)
        {
            var horizon = last.At - UserMemory.ExposureHorizon;
            for (var item = 0; item < MemoryWorld.Films; item++)
                Assert.Equal(shown.Count(one => one.ItemId == $"f{item}" && one.At >= horizon), memory.ShownSince(item, MemoryWorld.Ms(horizon)));
        }
    }, iter: 300);

    [Fact]
    public void Apply_WithAGap_Throws()
    {
        var memory = UserMemory.Restore(MemorySnapshot.Empty);

        Assert.Throws<ArgumentException>(() => memory.Apply(new LoggedEvent(2, MemoryWorld.Start, new MemoryForgotten()), MemoryWorld.Catalogue));
        Assert.Equal(0, memory.Sequence);
    }

    [Fact]
    public void Restore_OfAnUnknownFormat_SaysWhatToDo() =>
        Assert.Contains("delete the snapshot", Assert.Throws<InvalidDataException>(() => UserMemory.Restore(MemorySnapshot.Empty with { Format = 99 })).Message, StringComparison.Ordinal);

    [Fact]
    public void Forget_OfEverything_LeavesOnlyTheSequence()
    {
        var world = new MemoryWorld().Did(InteractionType.Like, 1).Shown(0, 2, 3).Said("genre", "Drama", Attitude.Never).Add(new MemoryForgotten());

        Assert.Equal(DomainJson.Write(MemorySnapshot.Empty with { Sequence = 4 }), DomainJson.Write(world.Memory.Snapshot()));
        Assert.False(world.Utility().IsNever(1));
    }

    [Fact]
    public void Apply_AfterForgetting_RemembersAnew()
    {
        var world = new MemoryWorld().Did(InteractionType.Like, 1).Add(new MemoryForgotten()).Did(InteractionType.Like, 1, days: 2);

        Assert.Equal([new TimedItem(1, MemoryWorld.Ms(MemoryWorld.Start.AddDays(2)))], world.Memory.Positives);
        Assert.Equal(1, world.Memory.Interactions);
    }

    [Fact]
    public void Correct_Neutral_TakesTheStatementBack()
    {
        var world = new MemoryWorld().Said("genre", "Drama", Attitude.Dislike).Said("genre", "Drama", Attitude.Never).Said("genre", "Comedy", Attitude.Like);
        Assert.Equal([new Correction("genre", "Comedy", Attitude.Like), new Correction("genre", "Drama", Attitude.Never)], world.Memory.Stated);

        world.Said("genre", "Drama", Attitude.Neutral);

        Assert.Equal([new Correction("genre", "Comedy", Attitude.Like)], world.Memory.Stated);
        Assert.Null(world.Memory.StatedAttitude("genre", "Drama"));
    }

    [Fact]
    public void Positives_ThatArriveLate_TakeTheirPlaceInTime()
    {
        var world = new MemoryWorld().Did(InteractionType.Like, 1, days: 5).Did(InteractionType.Like, 2, days: 9)
            .Add(MemoryWorld.Event(InteractionType.Like, "f3", at: MemoryWorld.Start.AddDays(7)), days: 10);

        Assert.Equal([1, 3, 2], world.Memory.Positives.Select(entry => entry.Item));
        Assert.Equal(MemoryWorld.Ms(MemoryWorld.Start.AddDays(9)), world.Memory.LastActive);
    }

    [Fact]
    public void Recent_BeyondItsCapacity_KeepsTheNewest()
    {
        var world = new MemoryWorld();
        for (var i = 0; i <= UserMemory.EpisodicCapacity; i++)
            world.Did(InteractionType.View, i % MemoryWorld.Films, days: i);

        Assert.Equal(UserMemory.EpisodicCapacity, world.Memory.Recent.Count);
        Assert.Equal(1, world.Memory.Recent[0].Item);
        Assert.Equal(UserMemory.EpisodicCapacity + 1, world.Memory.Interactions);
    }

    [Fact]
    public void Positives_BeyondTheirCapacity_KeepTheNewestAndEverythingConsumed()
    {
        var many = AgentRec.Recommenders.Catalogue.Create(Enumerable.Range(0, UserMemory.PositiveCapacity + 3).Select(i => new Item($"f{i}", "x", null, Item.NoFacets, null)));
        var memory = UserMemory.Restore(MemorySnapshot.Empty);
        for (var i = 0; i < many.Count; i++)
            memory.Apply(new LoggedEvent(i + 1, MemoryWorld.Start.AddMinutes(i), MemoryWorld.Event(InteractionType.Like, $"f{i}")), many);

        Assert.Equal(UserMemory.PositiveCapacity, memory.Positives.Count);
        Assert.Equal(3, memory.Positives[0].Item);
        Assert.Equal(many.Count, memory.ConsumedCount);
        Assert.True(memory.HasConsumed(0));
    }

    [Theory]
    [InlineData(InteractionType.View, null, false, false)]
    [InlineData(InteractionType.Like, null, true, true)]
    [InlineData(InteractionType.Dislike, null, true, false)]
    [InlineData(InteractionType.Rate, 3.5, true, false)]
    [InlineData(InteractionType.Rate, 4.0, true, true)]
    [InlineData(InteractionType.Dismiss, null, false, false)]
    [InlineData(InteractionType.Consume, null, true, true)]
    public void Apply_OfEachType_CountsAsTheVocabularySays(InteractionType type, double? value, bool consumed, bool positive)
    {
        var memory = new MemoryWorld().Did(type, 4, value: value).Memory;

        Assert.Equal(consumed, memory.HasConsumed(4));
        Assert.Equal(positive ? 1 : 0, memory.Positives.Count);
    }

    [Fact]
    public void ShownSince_AtTheMoment_Counts()
    {
        var world = new MemoryWorld().Shown(0, 1).Shown(1, 1, 2).Shown(2, 1);

        Assert.Equal(2, world.Memory.ShownSince(1, MemoryWorld.Ms(MemoryWorld.Start.AddDays(1))));
        Assert.Equal(1, world.Memory.ShownSince(1, MemoryWorld.Ms(MemoryWorld.Start.AddDays(1)) + 1));
        Assert.Equal(0, world.Memory.ShownSince(3, 0));
    }

    [Fact]
    public void Exposures_OlderThanTheHorizon_AreDropped()
    {
        var memory = new MemoryWorld().Shown(0, 1, 2).Shown(UserMemory.ExposureHorizon.TotalDays, 2).Shown(UserMemory.ExposureHorizon.TotalDays + 1, 3).Memory;

        Assert.Equal(0, memory.ShownSince(1, 0));
        Assert.Equal(1, memory.ShownSince(2, 0));
        Assert.Equal([2, 3], memory.Snapshot().Exposures.Select(entry => entry.Item));
        Assert.Equal(4, memory.Shown);
    }

    private static UserMemory Fold(MemorySnapshot from, IEnumerable<LoggedEvent> log)
    {
        var memory = UserMemory.Restore(from);
        foreach (var one in log)
            memory.Apply(one, MemoryWorld.Catalogue);
        return memory;
    }
}
