using AgentRec.Domain;
using AgentRec.Tests.Unit.Storage;
using CsCheck;

namespace AgentRec.Tests.Unit.Memory;

/// <summary>Random logs: every kind of event, late and missing times, items that are not in the catalogue.</summary>
internal static class Logs
{
    private static readonly Gen<string> Item = Gen.Int[0, MemoryWorld.Films].Select(i => i == MemoryWorld.Films ? "unknown" : $"f{i}");

    private static readonly Gen<UserEvent> Interaction = Gen.Select(
        Gen.Enum<InteractionType>(), Item, Gen.Int[1, 10], Gen.Int[-200, 200],
        (type, item, halves, days) => (UserEvent)MemoryWorld.Event(
            type, item, type is InteractionType.Rate ? halves / 2.0 : null, days > 150 ? null : MemoryWorld.Start.AddDays(days)));

    private static readonly Gen<UserEvent> Turn = Item.Array[0, 5].Select(items => (UserEvent)Samples.Turn("s", 1, [.. items.Distinct(StringComparer.Ordinal)]));

    private static readonly Gen<UserEvent> Correction = Gen.Select(
        Gen.OneOf("genre", "decade"), Gen.OneOf("Drama", "Comedy", "1950s"), Gen.Enum<Attitude>(),
        (facet, value, attitude) => (UserEvent)new MemoryCorrected([new Correction(facet, value, attitude)]));

    private static readonly Gen<UserEvent> Event = Gen.Frequency(
        (12, Interaction),
        (4, Turn),
        (2, Correction),
        (1, Gen.Const((UserEvent)Samples.Opened("s"))),
        (1, Gen.Const((UserEvent)new MemoryForgotten())));

    /// <summary>A log whose events come up to 60 days after one another.</summary>
    public static Gen<LoggedEvent[]> Any { get; } = Gen.Select(Event, Gen.Int[0, 60]).Array[0, 80].Select(events =>
    {
        var at = MemoryWorld.Start;
        return events.Select((one, i) => new LoggedEvent(i + 1, at = at.AddDays(one.Item2), one.Item1)).ToArray();
    });
}
