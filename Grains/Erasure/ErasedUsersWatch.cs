using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Erasure;
using AgentRec.Grains.Abstractions.Keys;
using AgentRec.Grains.Abstractions.Storage;
using AgentRec.Grains.Planning.Mixes;
using AgentRec.Grains.Serving;

namespace AgentRec.Grains.Erasure;

/// <summary>A silo's look at erasures: it lets go of what it has cached of users who were erased through other silos, and has what is unfinished resumed.</summary>
/// <param name="erasures">Knows who was erased.</param>
/// <param name="registry">Knows which model is active.</param>
/// <param name="scores">Caches scores of users.</param>
/// <param name="mixes">Remembers what users were shown.</param>
/// <param name="grains">Finds who resumes.</param>
internal sealed class ErasedUsersWatch(
    IErasureStore erasures, IArtifactRegistry registry, ScoringService scores, MixChooser mixes, IGrainFactory grains)
{
    private const string Tenant = Identifier.DefaultTenant;

    private long _seen;

    /// <summary>Looks.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        var last = await erasures.LastAsync(Tenant, cancellationToken);
        if (last == 0)
            return;
        if (last > _seen)
        {
            await LetGoAsync(cancellationToken);
            _seen = last;
        }
        if ((await erasures.ListPendingAsync(Tenant, cancellationToken)).Count > 0
            || (await registry.ActiveAsync(Tenant, cancellationToken) is { } active && active.Erasures < last))
            await grains.GetGrain<IErasureGrain>(GrainKey.Tenant(Tenant)).Resume().WaitAsync(cancellationToken);
    }

    private async Task LetGoAsync(CancellationToken cancellationToken)
    {
        // Every tenant numbers its own erasures; what is cached here is of users of all tenants.
        foreach (var tenant in scores.Users().Concat(mixes.Users()).Distinct(StringComparer.Ordinal).ToLookup(key => GrainKey.Parse(key).Tenant, StringComparer.Ordinal))
        {
            var after = string.Equals(tenant.Key, Tenant, StringComparison.Ordinal) ? _seen : 0;
            foreach (var user in await erasures.ErasedAmongAsync(tenant.Key, after, [.. tenant.Select(key => GrainKey.Parse(key).Id)], cancellationToken))
            {
                scores.Forget(GrainKey.User(tenant.Key, user));
                mixes.Forget(GrainKey.User(tenant.Key, user));
            }
        }
    }
}
