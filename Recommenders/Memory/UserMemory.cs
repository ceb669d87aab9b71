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

    private readonly List<TimedItem> _positives;
    private readonly HashSet<int> _positiveItems;
    private readonly HashSet<int> _consumed;
    private readonly List<EpisodicEntry> _recent;
    private readonly AffinityTable _affinities;
    private readonly SortedDictionary<(string Facet, string Value), Attitude> _stated;
    private readonly SortedDictionary<int, List<long>> _exposures;

    private UserMemory(MemorySnapshot snapshot)
    {
        Sequence = snapshot.Sequence;
        Interactions = snapshot.Interactions;
        Shown = snapshot.Shown;
        LastActive = snapshot.LastActive;
        _positives = [.. snapshot.Positives];
        _positiveItems = [.. snapshot.Positives.Select(entry => entry.Item)];
        _consumed = [.. snapshot.Consumed];
        _recent = [.. snapshot.Recent];
        _affinities = new AffinityTable(snapshot.Affinities);
        _stated = new(FacetValueOrder.Instance);
        foreach (var stated in snapshot.Stated)
            _stated[(stated.Facet, stated.Value)] = stated.Attitude;
        _exposures = [];
        foreach (var entry in snapshot.Exposures)
            _exposures[entry.Item] = [.. entry.At];
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
    public IReadOnlyList<TimedItem> Positives => _positives;

    /// <summary>The newest interactions, oldest first.</summary>
    public IReadOnlyList<EpisodicEntry> Recent => _recent;

    /// <summary>How many items the user knows.</summary>
    public int ConsumedCount => _consumed.Count;

    /// <summary>Facet affinities in ordinal order of facet and value.</summary>
    public IEnumerable<Affinity> Affinities => _affinities.Entries;

    /// <summary>Stated preferences in ordinal order of facet and value.</summary>
    public IEnumerable<Correction> Stated => _stated.Select(entry => new Correction(entry.Key.Facet, entry.Key.Value, entry.Value));

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
        [.. _positives], [.. _consumed.Order()], [.. _recent], [.. _affinities.Entries], [.. Stated],
        [.. _exposures.Select(entry => new ExposureEntry(entry.Key, [.. entry.Value]))]);

    /// <summary>True when the user knows the item: it was rated, consumed, liked or disliked.</summary>
    /// <param name="item">The item's handle.</param>
    public bool HasConsumed(int item) => _consumed.Contains(item);

    /// <summary>True when the item was shown within <see cref="ExposureHorizon"/>.</summary>
    /// <param name="item">The item's handle.</param>
    public bool WasShown(int item) => _exposures.ContainsKey(item);

    /// <summary>How often an item was shown since a moment; exact within <see cref="ExposureHorizon"/>.</summary>
    /// <param name="item">The item's handle.</param>
    /// <param name="since">Unix milliseconds; showings at this moment count.</param>
    public int ShownSince(int item, long since) =>
        _exposures.TryGetValue(item, out var times) ? times.Count(time => time >= since) : 0;

    /// <summary>The stated attitude to a facet value; null when nothing was stated.</summary>
    /// <param name="facet">The facet.</param>
    /// <param name="value">The value.</param>
    public Attitude? StatedAttitude(string facet, string value) => _stated.TryGetValue((facet, value), out var attitude) ? attitude : null;

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

        if (interaction.IsConsumed)
            _consumed.Add(item);
        if (interaction.IsPositive && _positiveItems.Add(item))
            AddPositive(new TimedItem(item, at));
        _recent.Add(new EpisodicEntry(item, interaction.Type, interaction.Value, at));
        if (_recent.Count > EpisodicCapacity)
            _recent.RemoveAt(0);
        _affinities.Add(facets, item, Signal(interaction), at);
    }

    private void AddPositive(TimedItem entry)
    {
        // Late arrivals are put where they belong, so that "the last items" means the same online and offline.
        var place = _positives.Count;
        while (place > 0 && _positives[place - 1].At > entry.At)
            place--;
        _positives.Insert(place, entry);
        if (_positives.Count > PositiveCapacity)
        {
            _positiveItems.Remove(_positives[0].Item);
            _positives.RemoveAt(0);
        }
    }

    private void Apply(Slate slate, DateTimeOffset at, IFacetSource facets)
    {
        var moment = at.ToUnixTimeMilliseconds();
        var horizon = moment - (long)ExposureHorizon.TotalMilliseconds;
        foreach (var shown in slate.Items)
        {
            Shown++;
            if (!facets.TryHandle(shown.ItemId, out var item))
                continue;
            if (!_exposures.TryGetValue(item, out var times))
                _exposures[item] = times = [];
            times.Add(moment);
        }

        foreach (var (item, times) in _exposures.ToArray())
        {
            if (times[0] >= horizon)
                continue;
            times.RemoveAll(time => time < horizon);
            if (times.Count == 0)
                _exposures.Remove(item);
        }
    }

    private void Apply(ImmutableArray<Correction> corrections)
    {
        foreach (var correction in corrections)
        {
            if (correction.Attitude is Attitude.Neutral)
                _stated.Remove((correction.Facet, correction.Value));
            else
                _stated[(correction.Facet, correction.Value)] = correction.Attitude;
        }
    }

    private void Forget()
    {
        Interactions = 0;
        Shown = 0;
        LastActive = null;
        _positives.Clear();
        _positiveItems.Clear();
        _consumed.Clear();
        _recent.Clear();
        _affinities.Clear();
        _stated.Clear();
        _exposures.Clear();
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
