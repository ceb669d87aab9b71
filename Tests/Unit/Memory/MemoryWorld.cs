using System.Collections.Immutable;
using AgentRec.Domain;
using AgentRec.Recommenders;
using AgentRec.Recommenders.Memory;
using AgentRec.Tests.Unit.Storage;

namespace AgentRec.Tests.Unit.Memory;

/// <summary>A small catalogue and a log to fold over it.</summary>
internal sealed class MemoryWorld
{
    public const int Films = 12;
    public static readonly DateTimeOffset Start = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private long _sequence;

    /// <summary>Films 0 to 5 are dramas, 6 to 11 comedies; each pair is of a decade of its own.</summary>
    public static Catalogue Catalogue { get; } = Catalogue.Create(Enumerable.Range(0, Films).Select(i => new Item(
        $"f{i}", $"Film {i}", null,
        Item.NoFacets.Add(FacetNames.Genre, [i < 6 ? "Drama" : "Comedy"]).Add(FacetNames.Year, [$"{1950 + (i / 2 * 10)}"]), null)));

    public UserMemory Memory { get; private set; } = UserMemory.Restore(MemorySnapshot.Empty);

    public static long Ms(DateTimeOffset at) => at.ToUnixTimeMilliseconds();

    /// <summary>Folds in one event at a moment after <see cref="Start"/>.</summary>
    public MemoryWorld Add(UserEvent happened, double days = 0)
    {
        Memory.Apply(new LoggedEvent(++_sequence, Start.AddDays(days), happened), Catalogue);
        return this;
    }

    public MemoryWorld Did(InteractionType type, int film, double days = 0, double? value = null) =>
        Add(Event(type, $"f{film}", value, Start.AddDays(days)), days);

    public MemoryWorld Shown(double days, params int[] films) => Add(Samples.Turn("s", 1, [.. films.Select(film => $"f{film}")]), days);

    public MemoryWorld Said(string facet, string value, Attitude attitude) => Add(new MemoryCorrected([new Correction(facet, value, attitude)]));

    public UtilityModel Utility(double days = 0, params ImmutableArray<Constraint> constraints) => new(Memory, Catalogue, constraints, Ms(Start.AddDays(days)));

    public static InteractionRecorded Event(InteractionType type, string item, double? value = null, DateTimeOffset? at = null) =>
        new(new Interaction("i", "u", item, type, value, at));
}
