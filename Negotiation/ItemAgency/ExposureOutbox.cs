using AgentRec.Domain;

namespace AgentRec.Negotiation.ItemAgency;

/// <summary>
/// What a writer has counted and not yet handed over. Counting takes a lock for the time of one addition. A delta that was
/// taken is offered again, unchanged, until it is acknowledged: an answer that got lost costs nothing.
/// </summary>
/// <param name="writer">The writer's name, new for each life of a process.</param>
public sealed class ExposureOutbox(string writer)
{
    private readonly Lock _counting = new();
    private Dictionary<(string ItemId, int Segment), ExposureCounts> _open = [];
    private ExposureDelta? _pending;
    private long _sequence;

    /// <summary>Counts.</summary>
    /// <param name="itemId">The item.</param>
    /// <param name="segment">The audience segment.</param>
    /// <param name="counts">What is added.</param>
    public void Count(string itemId, int segment, ExposureCounts counts)
    {
        lock (_counting)
            _open[(itemId, segment)] = _open.GetValueOrDefault((itemId, segment)) + counts;
    }

    /// <summary>The delta to hand over: the one not yet acknowledged, or what was counted since; null when there is nothing.</summary>
    public ExposureDelta? Next()
    {
        lock (_counting)
        {
            if (_pending is not null || _open.Count == 0)
                return _pending;
            var open = _open;
            _open = [];
            return _pending = new ExposureDelta(writer, ++_sequence,
            [
                .. open.OrderBy(entry => entry.Key.ItemId, StringComparer.Ordinal).ThenBy(entry => entry.Key.Segment)
                    .Select(entry => new SegmentExposure(entry.Key.ItemId, entry.Key.Segment, entry.Value)),
            ]);
        }
    }

    /// <summary>Forgets a delta that was merged.</summary>
    /// <param name="delta">The delta that <see cref="Next"/> gave.</param>
    public void Acknowledge(ExposureDelta delta)
    {
        lock (_counting)
        {
            if (_pending?.Sequence == delta.Sequence)
                _pending = null;
        }
    }
}
