using AgentRec.Domain;
using AgentRec.Gateway.Calls;
using AgentRec.Grains.Abstractions.Access;
using AgentRec.Grains.Abstractions.Keys;
using Microsoft.Extensions.Options;

namespace AgentRec.Gateway.Access;

/// <summary>
/// What the cluster says of access keys, believed for a while: neither each request nor a flood of wrong keys reaches a silo. That
/// there is no such key is believed as long as that there is, and ids that are new are asked about only so often in that time.
/// </summary>
/// <param name="grains">The cluster.</param>
/// <param name="repetition">Repeats what was not answered.</param>
/// <param name="options">For how long, and how often.</param>
/// <param name="time">The clock, for its pace alone.</param>
internal sealed class KeyCache(IGrainFactory grains, Repetition repetition, IOptions<AccessOptions> options, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Answer> _answers = new(StringComparer.Ordinal);
    private long _periodStart = time.GetTimestamp();
    private int _strangers;

    private TimeSpan Lifetime => TimeSpan.FromSeconds(options.Value.CacheSeconds);

    /// <summary>The grain that knows the keys.</summary>
    public IAccessKeyGrain Keys => grains.GetGrain<IAccessKeyGrain>(GrainKey.Tenant(Identifier.DefaultTenant));

    /// <summary>Finds a key, whether it is valid or not.</summary>
    /// <param name="id">The key's id.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The key, null when there is none; and whether it could be asked for at all.</returns>
    public async ValueTask<(StoredAccessKey? Key, bool Asked)> FindAsync(string id, CancellationToken cancellationToken)
    {
        if (!TryAsk(id, out var answer))
            return (null, false);
        if (answer.Before is { } before && Counts(before, time.GetTimestamp()) && !await SilentCluster.AnswersAsync(answer.Key, time.GetElapsedTime(answer.Asked), time, cancellationToken))
        {
            if (answer.Key.IsCompleted)
                Restore(id, answer);
            return (before.Key, true);
        }
        try
        {
            return (await answer.Key.WaitAsync(cancellationToken), true);
        }
        catch when (answer.Key.IsFaulted)
        {
            Forget(id);
            throw;
        }
    }

    /// <summary>Asks anew when the key is used next.</summary>
    /// <param name="id">The key's id.</param>
    public void Forget(string id)
    {
        lock (_lock)
            _answers.Remove(id);
    }

    private bool TryAsk(string id, out Answer answer)
    {
        lock (_lock)
        {
            var now = time.GetTimestamp();
            var known = _answers.TryGetValue(id, out answer);
            if (known && time.GetElapsedTime(answer.Asked, now) < Lifetime)
                return true;
            if (!(known && answer.IsKey) && !AdmitStranger(now))
                return false;
            var before = answer.Last is { } last && Counts(last, now) ? last : null;
            // Not the request's own wait: others wait for the same answer.
            answer = new Answer(repetition.Repeat(() => Keys.Find(id), CancellationToken.None), now, before);
            _answers[id] = answer;
            return true;
        }
    }

    /// <summary>True while what was told counts where there is no new answer.</summary>
    private bool Counts(Told told, long now) => time.GetElapsedTime(told.Asked, now) < Lifetime + SilentCluster.Grace;

    /// <summary>What was not answered is asked again by the next request, and the answer before it is not forgotten meanwhile.</summary>
    private void Restore(string id, Answer failed)
    {
        lock (_lock)
        {
            if (_answers.TryGetValue(id, out var answer) && answer == failed)
                _answers[id] = new Answer(Task.FromResult<StoredAccessKey?>(failed.Before!.Key), failed.Before.Asked, null);
        }
    }

    private bool AdmitStranger(long now)
    {
        if (time.GetElapsedTime(_periodStart, now) >= Lifetime)
        {
            (_periodStart, _strangers) = (now, 0);
            // Keys there are stay, however long ago they were used: there are only so many of them.
            foreach (var (id, answer) in _answers.ToArray())
            {
                if (!answer.IsKey && time.GetElapsedTime(answer.Asked, now) >= Lifetime)
                    _answers.Remove(id);
            }
        }
        if (_strangers >= options.Value.MaximumUnknownKeys)
            return false;
        _strangers++;
        return true;
    }

    private readonly record struct Answer(Task<StoredAccessKey?> Key, long Asked, Told? Before)
    {
        public bool IsKey => Last is not null;

        /// <summary>The key as it was last told of.</summary>
        public Told? Last => Key is { IsCompletedSuccessfully: true, Result: { } key } ? new Told(key, Asked) : Key is { IsCompletedSuccessfully: true } ? null : Before;
    }

    private sealed record Told(StoredAccessKey Key, long Asked);
}
