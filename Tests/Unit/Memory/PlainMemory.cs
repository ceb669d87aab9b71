using AgentRec.Domain;
using AgentRec.Recommenders.Memory;

namespace AgentRec.Tests.Unit.Memory;

/// <summary>A memory that is written down plainly, in dictionaries and sequences: what <see cref="UserMemory"/> must say, whatever its layout.</summary>
internal sealed class PlainMemory(IFacetSource catalogue)
{
    private const double HalfLife = 180.0 * 24 * 60 * 60 * 1_000;
    private readonly List<(TimedItem Entry, int Order)> _positives = [];
    private readonly HashSet<int> _consumed = [];
    private readonly List<EpisodicEntry> _recent = [];
    private readonly Dictionary<(string Facet, string Value), Affinity> _affinities = [];
    private readonly Dictionary<(string Facet, string Value), Attitude> _stated = [];
    private readonly Dictionary<int, List<long>> _showings = [];
    private MemorySnapshot _counts = MemorySnapshot.Empty;

    /// <summary>Everything that is known.</summary>
    public MemorySnapshot Snapshot() => _counts with
    {
        Positives = [.. _positives.Select(one => one.Entry)],
        Consumed = [.. _consumed.Order()],
        Recent = [.. _recent],
        Affinities = [.. Ordered(_affinities).Select(pair => pair.Value)],
        Stated = [.. Ordered(_stated).Select(pair => new Correction(pair.Key.Facet, pair.Key.Value, pair.Value))],
        Exposures = [.. _showings.OrderBy(pair => pair.Key).Select(pair => new ExposureEntry(pair.Key, [.. pair.Value]))],
    };

    /// <summary>Folds in the next event.</summary>
    public void Apply(LoggedEvent logged)
    {
        _counts = _counts with { Sequence = logged.Sequence };
        switch (logged.Event)
        {
            case InteractionRecorded recorded:
                Did(recorded.Interaction, MemoryWorld.Ms(recorded.Interaction.Timestamp ?? logged.At));
                break;
            case TurnTaken turn:
                Show(turn.Turn.Result.Slate!, MemoryWorld.Ms(logged.At));
                break;
            case MemoryCorrected corrected:
                foreach (var correction in corrected.Corrections)
                {
                    _stated[(correction.Facet, correction.Value)] = correction.Attitude;
                    if (correction.Attitude is Attitude.Neutral)
                        _stated.Remove((correction.Facet, correction.Value));
                }
                break;
            case MemoryForgotten:
                _positives.Clear();
                _consumed.Clear();
                _recent.Clear();
                _affinities.Clear();
                _stated.Clear();
                _showings.Clear();
                _counts = MemorySnapshot.Empty with { Sequence = logged.Sequence };
                break;
        }
    }

    private void Did(Interaction interaction, long at)
    {
        _counts = _counts with { Interactions = _counts.Interactions + 1, LastActive = Math.Max(_counts.LastActive ?? at, at) };
        if (!catalogue.TryHandle(interaction.ItemId, out var item))
            return;
        if (interaction.IsConsumed)
            _consumed.Add(item);
        if (interaction.IsPositive && _positives.All(one => one.Entry.Item != item))
        {
            _positives.Add((new TimedItem(item, at), (int)_counts.Sequence));
            _positives.Sort((one, other) => (one.Entry.At, one.Order).CompareTo((other.Entry.At, other.Order)));
        }
        _recent.Add(new EpisodicEntry(item, interaction.Type, interaction.Value, at));
        if (_recent.Count > UserMemory.EpisodicCapacity)
            _recent.RemoveAt(0);
        var signal = interaction.Type switch
        {
            InteractionType.Like => 1,
            InteractionType.Consume => 0.7,
            InteractionType.Rate => Math.Clamp((interaction.Value!.Value - 3) / 2, -1, 1),
            InteractionType.View => 0.1,
            InteractionType.Dismiss => -0.5,
            _ => -1.0,
        };
        if (signal != 0)
            Lean(item, signal, at);
    }

    private void Lean(int item, double signal, long at)
    {
        foreach (var facet in catalogue.Item(item).Facets.Keys.Select(name => name == FacetNames.Year ? FacetNames.Decade : name))
        {
            foreach (var value in catalogue.Values(item, facet).Take(3))
            {
                var old = _affinities.GetValueOrDefault((facet, value)) ?? new Affinity(facet, value, 0, 0, 0, at);
                var newest = Math.Max(old.At, at);
                _affinities[(facet, value)] = new Affinity(
                    facet, value, (old.Signal * Decay(newest - old.At)) + (signal * Decay(newest - at)),
                    (old.Mass * Decay(newest - old.At)) + (Math.Abs(signal) * Decay(newest - at)), old.Count + 1, newest);
            }
        }
        if (_affinities.Count <= 320)
            return;
        var present = _affinities.Values.Max(affinity => affinity.At);
        foreach (var (pair, _) in Ordered(_affinities).OrderByDescending(one => one.Value.Mass * Decay(present - one.Value.At)).Skip(256).ToArray())
            _affinities.Remove(pair);
    }

    private void Show(Slate slate, long at)
    {
        var horizon = at - (long)UserMemory.ExposureHorizon.TotalMilliseconds;
        foreach (var shown in slate.Items)
        {
            _counts = _counts with { Shown = _counts.Shown + 1 };
            if (catalogue.TryHandle(shown.ItemId, out var item))
                _showings[item] = [.. _showings.GetValueOrDefault(item, []), at];
        }
        foreach (var (item, times) in _showings.ToArray())
        {
            // What lies behind the horizon goes once the first showing does.
            if (times[0] < horizon)
                times.RemoveAll(time => time < horizon);
            if (times.Count == 0)
                _showings.Remove(item);
        }
    }

    private static double Decay(long milliseconds) => Math.Pow(2, -milliseconds / HalfLife);

    private static IEnumerable<KeyValuePair<(string Facet, string Value), T>> Ordered<T>(Dictionary<(string Facet, string Value), T> pairs) =>
        pairs.OrderBy(pair => pair.Key.Facet, StringComparer.Ordinal).ThenBy(pair => pair.Key.Value, StringComparer.Ordinal);
}
