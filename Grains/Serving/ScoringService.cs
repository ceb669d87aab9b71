using AgentRec.Recommenders;

namespace AgentRec.Grains.Serving;

/// <summary>
/// Scores the catalogue for the user agents of a silo, off their threads, and keeps the results of the most recent users: the
/// cache is bounded for all users of all tenants together, so that sleeping agents cost nothing. The ranking model runs here, on the agents'
/// behalf; where it cannot, the blend's order stands until it can.
/// </summary>
/// <param name="ranking">The ranking model on another host; null: it runs in process.</param>
/// <param name="capacity">How many users' scores are kept.</param>
internal sealed class ScoringService(RemoteRanking? ranking = null, int capacity = ScoringService.DefaultCapacity)
{
    /// <summary>Some 110 KB each for 10,000 items, and up to 150 of users who were shown much.</summary>
    public const int DefaultCapacity = 256;

    private readonly Lock _lock = new();
    private readonly Dictionary<Key, LinkedListNode<(Key Key, RankedScores Scores)>> _entries = [];
    private readonly LinkedList<(Key Key, RankedScores Scores)> _byUse = new();
    private readonly Dictionary<string, RecommenderModel?> _kept = new(StringComparer.Ordinal);

    /// <summary>The scores of a user.</summary>
    /// <param name="user">The user agent's key.</param>
    /// <param name="mark">Where the history stands.</param>
    /// <param name="serving">What to score with.</param>
    /// <param name="subject">The history, and what was shown.</param>
    public ValueTask<RankedScores> ScoreAsync(string user, HistoryMark mark, ServingState serving, Func<ScoringSubject> subject)
    {
        var key = new Key(serving.Tenant, user, mark, serving.Required);
        return TryGet(key) is { Unranked: null } known ? ValueTask.FromResult(known) : new ValueTask<RankedScores>(ComputeAsync(key, serving.Version, subject()));
    }

    /// <summary>Keeps the scores of a tenant's model from now on, and lets go of those of its others.</summary>
    /// <param name="serving">What the tenant is served with.</param>
    public void Keep(ServingState serving)
    {
        lock (_lock)
        {
            _kept[serving.Tenant] = serving.Model;
            Remove(key => key.IsOf(serving.Tenant) && !ReferenceEquals(key.Model, serving.Model));
        }
    }

    private void Remove(Func<Key, bool> isGone)
    {
        foreach (var key in _entries.Keys.Where(isGone).ToArray())
        {
            _byUse.Remove(_entries[key]);
            _entries.Remove(key);
        }
    }

    /// <summary>The users of a tenant whose scores are kept, by their agents' keys.</summary>
    /// <param name="tenant">The tenant.</param>
    public IReadOnlyCollection<string> Users(string tenant)
    {
        lock (_lock)
            return [.. _entries.Keys.Where(key => key.IsOf(tenant)).Select(key => key.User).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Lets go of a user's scores.</summary>
    /// <param name="user">The user agent's key.</param>
    public void Forget(string user)
    {
        lock (_lock)
            Remove(key => string.Equals(key.User, user, StringComparison.Ordinal));
    }

    private async Task<RankedScores> ComputeAsync(Key key, string version, ScoringSubject subject)
    {
        // What was prepared is kept where the ranking model was away: it is asked again, the scorers are not.
        var prepared = TryGet(key)?.Scores ?? await Task.Run(() => key.Model.Prepare(subject.History, subject.Shown));
        var scores = await RankAsync(prepared, subject.History, version);
        lock (_lock)
        {
            if (_entries.TryGetValue(key, out var node))
            {
                node.Value = (key, scores);
            }
            // What a model says that is on its way out is for the turn that asked: kept, it would keep the model.
            else if (_kept.GetValueOrDefault(key.Tenant) is not { } kept || ReferenceEquals(kept, key.Model))
            {
                _entries[key] = _byUse.AddFirst((key, scores));
                if (_entries.Count > capacity)
                {
                    _entries.Remove(_byUse.Last!.Value.Key);
                    _byUse.RemoveLast();
                }
            }
        }
        return scores;
    }

    private async Task<RankedScores> RankAsync(UserScores prepared, UserHistory history, string version)
    {
        if (prepared.Case is not { } candidates)
            return await Task.Run(() => RankedScores.Of(prepared, history));
        if (ranking is null)
            return await Task.Run(() => RankedScores.Of(prepared.Ranked(candidates.Score()), history));
        var answer = await ranking.ScoreAsync(version, candidates);
        return answer.Value is { } scores
            ? RankedScores.Of(prepared.Ranked(scores), history)
            : RankedScores.Of(prepared, history, answer.Reason);
    }

    private RankedScores? TryGet(Key key)
    {
        lock (_lock)
        {
            if (!_entries.TryGetValue(key, out var node))
                return null;
            _byUse.Remove(node);
            _byUse.AddFirst(node);
            return node.Value.Scores;
        }
    }

    private readonly record struct Key(string Tenant, string User, HistoryMark Mark, RecommenderModel Model)
    {
        public bool IsOf(string tenant) => string.Equals(Tenant, tenant, StringComparison.Ordinal);
    }
}

/// <summary>Where a history stands.</summary>
/// <param name="Born">When the user was erased before it began, Unix milliseconds; 0 for a user who never was.</param>
/// <param name="Sequence">The log sequence at which it last changed.</param>
internal readonly record struct HistoryMark(long Born, long Sequence);
