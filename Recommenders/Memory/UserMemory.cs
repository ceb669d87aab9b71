using System.Collections;
using System.Collections.Immutable;
using AgentRec.Domain;

namespace AgentRec.Recommenders.Memory;

/// <summary>
/// What is remembered of one user: a fold over the user's log. Episodic memory is the newest interactions, the history of
/// items taken to, and the set of everything consumed; semantic memory is facet affinities that decay; on top come stated
/// preferences and recent exposures. Folding the same events gives the same memory, whether in one go or from a snapshot.
/// Not thread-safe: it belongs to one agent.
/// </summary>
public sealed class UserMemory
{
    /// <summary>How many of the newest interactions episodic memory keeps.</summary>
    public const int EpisodicCapacity = 100;

    /// <summary>How many of the newest items taken to are kept for the scorers.</summary>
    public const int PositiveCapacity = 2_000;

    /// <summary>For how long showings are kept: the longest period that a frequency cap can look back on.</summary>
    public static readonly TimeSpan ExposureHorizon = TimeSpan.FromDays(90);

    private static readonly SortedList<(string Facet, string Value), Attitude> Nothing = [];

    // Most users have neither, and then these are null.
    private SortedList<(string Facet, string Value), Attitude>? _stated;
    private Showings? _showings;

    // At least one of both: the packed one is dropped when the other changes, and the other when the memory rests.
    private MemoryDetail? _detail;
    private byte[]? _packed;

    private UserMemory(MemorySnapshot snapshot)
    {
        Sequence = snapshot.Sequence;
        Interactions = snapshot.Interactions;
        Shown = snapshot.Shown;
        LastActive = snapshot.LastActive;
        _detail = new MemoryDetail(new ItemSet(snapshot.Consumed), [.. snapshot.Positives], [.. snapshot.Recent], AffinityTable.Of(snapshot.Affinities));
        Apply(snapshot.Stated);
        foreach (var entry in snapshot.Exposures)
        {
            foreach (var at in entry.At)
                (_showings ??= new()).Add(entry.Item, at);
        }
    }

    /// <summary>The last log sequence folded in; 0 for a new user.</summary>
    public long Sequence { get; private set; }

    /// <summary>How many interactions were folded in.</summary>
    public int Interactions { get; private set; }

    /// <summary>How many items were shown.</summary>
    public int Shown { get; private set; }

    /// <summary>The time of the newest interaction in Unix milliseconds; null before the first.</summary>
    public long? LastActive { get; private set; }

    /// <summary>Items taken to with the time, in the order of the log, each once; the newest <see cref="PositiveCapacity"/>.</summary>
    public IReadOnlyList<TimedItem> Positives => Detail.Positives;

    /// <summary>The newest interactions, oldest first.</summary>
    public IReadOnlyList<EpisodicEntry> Recent => Detail.Recent;

    /// <summary>How many items the user knows.</summary>
    public int ConsumedCount => Detail.Consumed.Count;

    /// <summary>Facet affinities in ordinal order of facet and value.</summary>
    public IEnumerable<Affinity> Affinities => Detail.Affinities.Entries;

    /// <summary>Stated preferences in ordinal order of facet and value.</summary>
    public IEnumerable<Correction> Stated => (_stated ?? Nothing).Select(entry => new Correction(entry.Key.Facet, entry.Key.Value, entry.Value));

    /// <summary>A memory as it was kept; <see cref="MemorySnapshot.Empty"/> for a new user.</summary>
    /// <param name="snapshot">What was kept.</param>
    /// <exception cref="InvalidDataException">The snapshot has a layout that this build does not know.</exception>
    public static UserMemory Restore(MemorySnapshot snapshot) =>
        snapshot.Format == MemorySnapshot.CurrentFormat
            ? new UserMemory(snapshot)
            : throw new InvalidDataException(
                $"Memory snapshot has format {snapshot.Format}, this build reads {MemorySnapshot.CurrentFormat}: delete the snapshot, the log restores it.");

    /// <summary>What is to be kept.</summary>
    public MemorySnapshot Snapshot() => new(
        MemorySnapshot.CurrentFormat, Sequence, Interactions, Shown, LastActive,
        [.. Detail.Positives], [.. Detail.Consumed], [.. Detail.Recent], [.. Detail.Affinities.Entries], [.. Stated],
        _showings?.Entries() ?? []);

    /// <summary>
    /// Lets the memory take as little space as it can until it is needed again: nothing else is to be seen of it. What is read next
    /// is laid out anew, which takes microseconds, so rest when a call is over and not between two looks.
    /// </summary>
    public void Rest()
    {
        _showings?.Trim();
        if (_detail is null)
            return;
        _packed ??= PackedDetail.Pack(_detail);
        _detail = null;
    }

    /// <summary>True when the user knows the item: it was rated, consumed, liked or disliked.</summary>
    /// <param name="item">The item's handle.</param>
    public bool HasConsumed(int item) => Detail.Consumed.Contains(item);

    /// <summary>What <see cref="HasConsumed"/> says of each of the first items of the catalogue, for those who ask of very many.</summary>
    /// <param name="count">How many items: handles 0 to <c>count - 1</c>.</param>
    public BitArray ConsumedAmong(int count)
    {
        var consumed = new BitArray(count);
        foreach (var item in Detail.Consumed)
        {
            if (item < count)
                consumed[item] = true;
        }
        return consumed;
    }

    /// <summary>True when the item was shown within <see cref="ExposureHorizon"/>.</summary>
    /// <param name="item">The item's handle.</param>
    public bool WasShown(int item) => _showings?.Contains(item) is true;

    /// <summary>The items of which <see cref="WasShown"/> is true.</summary>
    public ReadOnlySpan<int> ShownItems => _showings is null ? [] : _showings.Items;

    /// <summary>What <see cref="WasShown"/> says of each of the first items of the catalogue, for those who ask of very many.</summary>
    /// <param name="count">How many items: handles 0 to <c>count - 1</c>.</param>
    public BitArray ShownAmong(int count)
    {
        var shown = new BitArray(count);
        foreach (var item in ShownItems)
        {
            if (item < count)
                shown[item] = true;
        }
        return shown;
    }

    /// <summary>How often an item was shown since a moment; exact within <see cref="ExposureHorizon"/>.</summary>
    /// <param name="item">The item's handle.</param>
    /// <param name="since">Unix milliseconds; showings at this moment count.</param>
    public int ShownSince(int item, long since) => _showings?.Since(item, since) ?? 0;

    /// <summary>The stated attitude to a facet value; null when nothing was stated.</summary>
    /// <param name="facet">The facet.</param>
    /// <param name="value">The value.</param>
    public Attitude? StatedAttitude(string facet, string value) => _stated is not null && _stated.TryGetValue((facet, value), out var attitude) ? attitude : null;

    private MemoryDetail Detail => _detail ??= PackedDetail.Open(_packed!);

    /// <summary>Folds in the next event.</summary>
    /// <param name="logged">The event; its sequence follows <see cref="Sequence"/>.</param>
    /// <param name="facets">The catalogue. Items that it does not hold leave no trace but a count.</param>
    /// <exception cref="ArgumentException">The sequence leaves a gap or goes back.</exception>
    public void Apply(LoggedEvent logged, IFacetSource facets)
    {
        if (logged.Sequence != Sequence + 1)
            throw new ArgumentException($"Event {logged.Sequence} does not follow {Sequence}: a log is folded without gaps.", nameof(logged));
        Sequence = logged.Sequence;
        switch (logged.Event)
        {
            case InteractionRecorded recorded:
                Apply(recorded.Interaction, logged.At, facets);
                break;
            case TurnTaken { Turn.Result.Slate: { } slate }:
                Apply(slate, logged.At, facets);
                break;
            case MemoryCorrected corrected:
                Apply(corrected.Corrections);
                break;
            case MemoryForgotten:
                Forget();
                break;
        }
    }

    private void Apply(Interaction interaction, DateTimeOffset arrived, IFacetSource facets)
    {
        Interactions++;
        var at = (interaction.Timestamp ?? arrived).ToUnixTimeMilliseconds();
        LastActive = Math.Max(LastActive ?? at, at);
        if (!facets.TryHandle(interaction.ItemId, out var item))
            return;

        var detail = Change();
        var isNew = interaction.IsConsumed && detail.Consumed.Add(item);
        // What is taken to is known from then on: what was not known needs no look for it.
        if (interaction.IsPositive && (isNew || !detail.Positives.Exists(entry => entry.Item == item)))
            AddPositive(detail.Positives, new TimedItem(item, at));
        detail.Recent.Add(new EpisodicEntry(item, interaction.Type, interaction.Value, at));
        if (detail.Recent.Count > EpisodicCapacity)
            detail.Recent.RemoveAt(0);
        detail.Affinities.Add(facets, item, Signal(interaction), at);
    }

    private static void AddPositive(List<TimedItem> positives, TimedItem entry)
    {
        // Late arrivals are put where they belong, so that "the last items" means the same online and offline.
        var place = positives.Count;
        while (place > 0 && positives[place - 1].At > entry.At)
            place--;
        positives.Insert(place, entry);
        if (positives.Count > PositiveCapacity)
            positives.RemoveAt(0);
    }

    private void Apply(Slate slate, DateTimeOffset at, IFacetSource facets)
    {
        var moment = at.ToUnixTimeMilliseconds();
        foreach (var shown in slate.Items)
        {
            Shown++;
            if (facets.TryHandle(shown.ItemId, out var item))
                (_showings ??= new()).Add(item, moment);
        }
        _showings?.Forget(moment - (long)ExposureHorizon.TotalMilliseconds);
    }

    private void Apply(ImmutableArray<Correction> corrections)
    {
        foreach (var correction in corrections)
        {
            if (correction.Attitude is Attitude.Neutral)
                _stated?.Remove((correction.Facet, correction.Value));
            else
                (_stated ??= new(FacetValueOrder.Instance))[(correction.Facet, correction.Value)] = correction.Attitude;
        }
    }

    private void Forget()
    {
        Interactions = 0;
        Shown = 0;
        LastActive = null;
        (_detail, _packed) = (MemoryDetail.Empty(), null);
        (_stated, _showings) = (null, null);
    }

    /// <summary>The detail, about to be changed.</summary>
    private MemoryDetail Change()
    {
        var detail = Detail;
        _packed = null;
        return detail;
    }

    /// <summary>What an interaction says of its item's facets, from -1 (against) to 1 (for).</summary>
    private static double Signal(Interaction interaction) => interaction.Type switch
    {
        InteractionType.Like => 1,
        InteractionType.Consume => 0.7,
        InteractionType.Rate => Math.Clamp((interaction.Value!.Value - 3) / 2, -1, 1),
        InteractionType.View => 0.1,
        InteractionType.Dismiss => -0.5,
        _ => -1,
    };
}
