using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Storage;
using AgentRec.Recommenders;
using AgentRec.Recommenders.Memory;

namespace AgentRec.Grains.Users;

/// <summary>Folds a user's whole log once more, for what others know of it.</summary>
/// <param name="catalogue">The catalogue.</param>
internal sealed class FootprintReader(Catalogue catalogue)
{
    private readonly UserMemory _memory = UserMemory.Restore(MemorySnapshot.Empty);
    private readonly List<string> _sessions = [];
    private readonly List<string> _certificates = [];
    private readonly Dictionary<(string ItemId, int Segment), ExposureCounts> _evidence = [];

    /// <summary>The last event that was read; 0 before the first.</summary>
    public long Sequence => _memory.Sequence;

    /// <summary>Reads the next event.</summary>
    /// <param name="logged">The event.</param>
    public void Read(LoggedEvent logged)
    {
        _memory.Apply(logged, catalogue);
        if (logged.Event is SessionOpened opened)
            _sessions.Add(opened.SessionId);
        if (logged.Event is TurnTaken { Turn.Result.CertificateId: { } certificate })
            _certificates.Add(certificate);
        foreach (var told in ItemNews.Of(_memory, logged, catalogue))
            _evidence[(told.ItemId, told.Segment)] = _evidence.GetValueOrDefault((told.ItemId, told.Segment)) + told.Counts;
    }

    /// <summary>What was found.</summary>
    /// <param name="id">Names the footprint.</param>
    public UserFootprint Footprint(string id) => new(
        id, Sequence, _sessions, _certificates,
        [
            .. _evidence.OrderBy(entry => entry.Key.ItemId, StringComparer.Ordinal).ThenBy(entry => entry.Key.Segment)
                .Select(entry => new SegmentExposure(entry.Key.ItemId, entry.Key.Segment, entry.Value)),
        ]);
}
