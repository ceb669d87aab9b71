using System.Globalization;
using AgentRec.Domain;
using AgentRec.Recommenders;
using AgentRec.Recommenders.Memory;
using AgentRec.Tests.Unit.Storage;
using CsCheck;

namespace AgentRec.Tests.Unit.Memory;

/// <summary>However a memory is laid out, at rest or not, it says to the last bit what a plain one says.</summary>
public sealed class MemoryLayoutTests
{
    private const int Films = 150;

    // Enough tags that leanings are pruned, and enough sharing that they grow.
    private static readonly Catalogue Wide = Catalogue.Create(Enumerable.Range(0, Films).Select(i => new Item(
        $"f{i}", $"Film {i}", null,
        Item.NoFacets
            .Add(FacetNames.Genre, [$"g{i % 7}", $"g{i % 5}", $"g{i % 3}", "never counted"])
            .Add(FacetNames.Year, [(1950 + (i % 60)).ToString(CultureInfo.InvariantCulture)])
            .Add("tag", [$"t{i}", $"t{i + 200}", $"t{i * i % 97}"]),
        null)));

    private static readonly Gen<string> ItemId = Gen.Int[0, Films].Select(i => i == Films ? "unknown" : $"f{i}");

    private static readonly Gen<double> Rating = Gen.OneOf(Gen.Int[1, 10].Select(halves => halves / 2.0), Gen.Double[0.5, 5]);

    private static readonly Gen<UserEvent> Interaction = Gen.Select(
        Gen.Enum<InteractionType>(), ItemId, Rating, Gen.Bool, Gen.Long[-20_000_000_000, 20_000_000_000],
        (type, item, value, hasValue, milliseconds) => (UserEvent)MemoryWorld.Event(
            type, item, type is InteractionType.Rate || hasValue ? (type is InteractionType.Rate ? value : -value) : null,
            milliseconds > 10_000_000_000 ? null : MemoryWorld.Start.AddMilliseconds(milliseconds)));

    private static readonly Gen<UserEvent> Correction = Gen.Select(
        Gen.Int[0, 6], Gen.Enum<Attitude>(), (value, attitude) => (UserEvent)new MemoryCorrected([new Correction("genre", $"g{value}", attitude)]));

    private static readonly Gen<UserEvent> Event = Gen.Frequency(
        (600, Interaction),
        (40, ItemId.Array[0, 6].Select(items => (UserEvent)Samples.Turn("s", 1, [.. items.Distinct(StringComparer.Ordinal)]))),
        (20, Correction),
        (1, Gen.Const((UserEvent)new MemoryForgotten())));

    // Clocks of silos differ: the log's times may go back a little.
    private static readonly Gen<(LoggedEvent Logged, bool Rests)[]> Log = Gen.Select(Event, Gen.Long[-1_000_000, 900_000_000], Gen.Bool).Array[0, 400].Select(events =>
    {
        var at = MemoryWorld.Start;
        return events.Select((one, i) => (new LoggedEvent(i + 1, at = at.AddMilliseconds(one.Item2), one.Item1), one.Item3)).ToArray();
    });

    [Fact]
    public void Fold_RestingAnywhere_IsThePlainFold() => Log.Sample(log =>
    {
        var plain = new PlainMemory(Wide);
        var memory = UserMemory.Restore(MemorySnapshot.Empty);
        foreach (var (logged, rests) in log)
        {
            plain.Apply(logged);
            memory.Apply(logged, Wide);
            if (rests)
                memory.Rest();
        }

        Assert.Equal(DomainJson.Write(plain.Snapshot()), DomainJson.Write(memory.Snapshot()));
        var known = plain.Snapshot();
        var consumed = memory.ConsumedAmong(Films);
        for (var item = 0; item < Films; item++)
        {
            Assert.Equal(known.Consumed.Contains(item), memory.HasConsumed(item));
            Assert.Equal(known.Consumed.Contains(item), consumed[item]);
            Assert.Equal(known.Exposures.Any(entry => entry.Item == item), memory.WasShown(item));
        }
    }, iter: 150);

    [Fact]
    public void Restore_OfWhatASnapshotMayHold_SurvivesRest() => Gen.Select(
        Gen.Select(Gen.Int, Gen.Long).Array[0, 20], Gen.Select(Gen.Int, Gen.Double, Gen.Double, Gen.Long).Array[0, 20], Gen.Int.Array[0, 40]).Sample((positives, leanings, consumed) =>
    {
        var snapshot = MemorySnapshot.Empty with
        {
            Positives = [.. positives.Select(one => new TimedItem(one.Item1, one.Item2))],
            Recent = [.. leanings.Select((one, i) => new EpisodicEntry(one.Item1, (InteractionType)(i % 6), i % 3 == 0 ? null : one.Item2, one.Item4))],
            Affinities = [.. leanings.Select((one, i) => new Affinity("facet", $"{i:D2}", one.Item2, i % 2 == 0 ? one.Item3 : Math.Abs(one.Item2), one.Item1, one.Item4))],
            Consumed = [.. consumed.Select(static item => item & int.MaxValue).Distinct().Order()],
        };
        var memory = UserMemory.Restore(snapshot);
        memory.Rest();
        memory.Rest();
        var kept = memory.Snapshot();

        // Not as text: what no JSON holds, infinities and all kinds of zero, is kept too.
        Assert.Equal(snapshot.Positives.ToArray(), kept.Positives.ToArray());
        Assert.Equal(snapshot.Recent.ToArray(), kept.Recent.ToArray());
        Assert.Equal(snapshot.Affinities.ToArray(), kept.Affinities.ToArray());
        Assert.Equal(snapshot.Consumed.ToArray(), kept.Consumed.ToArray());
        Assert.Equal(
            snapshot.Affinities.Select(one => (BitConverter.DoubleToInt64Bits(one.Signal), BitConverter.DoubleToInt64Bits(one.Mass))),
            kept.Affinities.Select(one => (BitConverter.DoubleToInt64Bits(one.Signal), BitConverter.DoubleToInt64Bits(one.Mass))));
    }, iter: 300);

    [Fact]
    public void Rest_OfAMemory_ChangesNothingThatWasHandedOut()
    {
        var memory = new MemoryWorld().Did(InteractionType.Like, 1).Did(InteractionType.Rate, 2, days: 1, value: 4.5).Memory;
        var (positives, recent, affinities) = (memory.Positives, memory.Recent, memory.Affinities);

        memory.Rest();

        Assert.Equal([1, 2], positives.Select(entry => entry.Item));
        Assert.Equal(memory.Recent, recent);
        Assert.Equal(memory.Affinities, affinities);
    }
}
