using System.Collections.Immutable;
using AgentRec.Domain;
using AgentRec.Recommenders;
using AgentRec.Recommenders.Evaluation;
using AgentRec.Recommenders.Memory;

namespace AgentRec.Grains.Offline;

/// <summary>
/// One user of a closed loop: reads slates from the top, consumes what is liked, and remembers as a user agent does. The chance
/// of consuming the item at place p is the user's hidden taste for it times 1 / log2(p + 1), the chance of looking that far.
/// Whether it comes to that is decided by a hash of seed, user, item and period, so that all arms meet the same users.
/// </summary>
internal sealed class SimulatedUser
{
    private readonly EvaluationUser _user;
    private readonly Func<int, double> _taste;
    private readonly ulong _seed;
    private readonly Catalogue _catalogue;
    private readonly UserMemory _memory;
    private readonly HashSet<int> _wanted;

    /// <summary>A user at the start of the loop.</summary>
    /// <param name="user">History and held-out items.</param>
    /// <param name="taste">The hidden taste by item.</param>
    /// <param name="catalogue">The catalogue.</param>
    /// <param name="seed">The loop's seed.</param>
    public SimulatedUser(EvaluationUser user, Func<int, double> taste, Catalogue catalogue, ulong seed)
    {
        (_user, _taste, _catalogue) = (user, taste, catalogue);
        _seed = StableHash.Of(seed, user.UserId);
        _wanted = [.. user.Targets];
        History = user.History;
        _memory = UserMemory.Restore(MemorySnapshot.Empty with { Consumed = [.. user.Excluded.Order()] });
        foreach (var (item, time) in user.History.Items.Zip(user.History.Times))
            Record(item, InteractionType.Like, DateTimeOffset.FromUnixTimeMilliseconds(time));
    }

    /// <summary>What the user took to, what was consumed in the loop included.</summary>
    public UserHistory History { get; private set; }

    /// <summary>The audience segment that item agents see.</summary>
    public int Segment => AudienceSegment.Of(_memory);

    /// <summary>Held-out items that the user has not consumed yet.</summary>
    public ImmutableArray<int> Wanted => [.. _user.Targets.Where(_wanted.Contains)];

    /// <summary>What lies on the table for this user.</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="slateSize">The slate's size.</param>
    /// <param name="now">The period's time.</param>
    public OfflineTable Sit(OfflineTurn turn, int slateSize, DateTimeOffset now) => turn.Lay(History, _memory, slateSize, now);

    /// <summary>Is shown a slate: consumes some of it, and remembers.</summary>
    /// <param name="slate">Handles, best first.</param>
    /// <param name="period">The period, from 1.</param>
    /// <param name="now">The period's time.</param>
    /// <returns>What was consumed, in the slate's order.</returns>
    public ImmutableArray<int> Read(ImmutableArray<int> slate, int period, DateTimeOffset now)
    {
        ImmutableArray<int> consumed = [.. slate.Where((item, place) => Luck(item, period) < _taste(item) / Math.Log2(place + 2))];
        _memory.Apply(new LoggedEvent(_memory.Sequence + 1, now, new TurnTaken(Turn(slate, period))), _catalogue);
        foreach (var item in consumed)
        {
            Record(item, InteractionType.Consume, now);
            _wanted.Remove(item);
        }
        History = UserHistory.Create(History.Items.Zip(History.Times).Concat(consumed.Select(item => (item, now.ToUnixTimeMilliseconds()))));
        return consumed;
    }

    private double Luck(int item, int period) =>
        (StableHash.Of(StableHash.Of(_seed, (ulong)period), _catalogue.Item(item).ItemId) >> 11) * Math.ScaleB(1, -53);

    private void Record(int item, InteractionType type, DateTimeOffset at)
    {
        var sequence = _memory.Sequence + 1;
        _memory.Apply(
            new LoggedEvent(sequence, at, new InteractionRecorded(new Interaction($"{sequence}", _user.UserId, _catalogue.Item(item).ItemId, type, null, at))),
            _catalogue);
    }

    private TurnRecord Turn(ImmutableArray<int> slate, int period)
    {
        var shown = new Slate([.. slate.Select((item, place) => new SlateItem(_catalogue.Item(item).ItemId, "", place + 1, 0, [], new Explanation("", [])))]);
        return new TurnRecord(
            "closed-loop", "", TurnRequest.Empty,
            new TurnResult(period, "", TurnKind.Slate, shown, null, null, null, [], [], [], ImmutableSortedDictionary<string, double>.Empty), []);
    }
}
