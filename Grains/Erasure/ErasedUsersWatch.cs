using AgentRec.Grains.Abstractions.Erasure;
using AgentRec.Grains.Abstractions.Keys;
using AgentRec.Grains.Abstractions.Storage;
using AgentRec.Grains.Planning.Mixes;
using AgentRec.Grains.Serving;

namespace AgentRec.Grains.Erasure;

/// <summary>
/// A silo's look at a tenant's erasures: it lets go of what it has cached of users who were erased through other silos, and has what is
/// unfinished resumed.
/// </summary>
/// <param name="tenant">The tenant.</param>
/// <param name="erasures">Knows who was erased.</param>
/// <param name="registry">Knows which model is active.</param>
/// <param name="scores">Caches scores of users.</param>
/// <param name="mixes">Remembers what users were shown.</param>
/// <param name="grains">Finds who resumes.</param>
internal sealed class ErasedUsersWatch(
    string tenant, IErasureStore erasures, IArtifactRegistry registry, ScoringService scores, MixChooser mixes, IGrainFactory grains)
{
    private long _seen;

    /// <summary>Looks.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        var last = await erasures.LastAsync(tenant, cancellationToken);
        if (last == 0)
            return;
        if (last > _seen)
        {
            await LetGoAsync(cancellationToken);
            _seen = last;
        }
        if ((await erasures.ListPendingAsync(tenant, cancellationToken)).Count > 0
            || (await registry.ActiveAsync(tenant, cancellationToken) is { } active && active.Erasures < last))
            await grains.GetGrain<IErasureGrain>(GrainKey.Tenant(tenant)).Resume().WaitAsync(cancellationToken);
    }

    private async Task LetGoAsync(CancellationToken cancellationToken)
    {
        string[] users = [.. scores.Users(tenant).Concat(mixes.Users()).Distinct(StringComparer.Ordinal).Select(key => GrainKey.Parse(key).Id)];
        foreach (var user in await erasures.ErasedAmongAsync(tenant, _seen, users, cancellationToken))
        {
            scores.Forget(GrainKey.User(tenant, user));
            mixes.Forget(GrainKey.User(tenant, user));
        }
    }
}
