using System.Collections.Immutable;
using System.Text.Json;
using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Erasure;
using AgentRec.Grains.Abstractions.Items;
using AgentRec.Grains.Abstractions.Keys;
using AgentRec.Grains.Abstractions.Models;
using AgentRec.Grains.Abstractions.Policies;
using AgentRec.Grains.Abstractions.Sessions;
using AgentRec.Grains.Abstractions.Users;
using AgentRec.Grains.Tenants;
using Microsoft.Extensions.DependencyInjection;

namespace AgentRec.Tests.Cluster.Tenants;

/// <summary>A silo as one tenant has it before it.</summary>
/// <param name="services">The silo's.</param>
/// <param name="tenant">The tenant.</param>
internal sealed class TenantView(IServiceProvider services, string tenant)
{
    private readonly IGrainFactory _grains = services.GetRequiredService<IGrainFactory>();

    public TenantServing Held => services.GetRequiredService<ServedTenants>().Of(tenant);

    public ICatalogueGrain Catalogue => _grains.GetGrain<ICatalogueGrain>(GrainKey.Tenant(tenant));

    public IModelRegistryGrain Models => _grains.GetGrain<IModelRegistryGrain>(GrainKey.Tenant(tenant));

    public IErasureGrain Erasure => _grains.GetGrain<IErasureGrain>(GrainKey.Tenant(tenant));

    public IPolicyRegistryGrain Policies => _grains.GetGrain<IPolicyRegistryGrain>(GrainKey.Tenant(tenant));

    public IUserAgent User(string id) => _grains.GetGrain<IUserAgent>(GrainKey.User(tenant, id));

    public IItemAgent Item(string id) => _grains.GetGrain<IItemAgent>(GrainKey.Item(tenant, id));

    public async Task<ISessionGrain> OpenAsync(string session, string user)
    {
        var grain = _grains.GetGrain<ISessionGrain>(GrainKey.Session(tenant, session));
        Assert.True(await grain.Open(new SessionOpening(user, 7, ImmutableSortedDictionary<string, string>.Empty)));
        return grain;
    }

    /// <summary>Takes one turn in a session of its own.</summary>
    public async Task<TurnResult> TurnAsync(string session, string user, string? message = null)
    {
        var grain = await OpenAsync(session, user);
        var admission = await grain.Begin(TurnRequest.Empty with { Questions = QuestionMode.Never, Message = message });
        Assert.True(admission.Status is TurnAdmissionStatus.Started, $"not admitted: {admission.Status} {admission.Detail}");
        var ending = (await grain.Complete(admission.Turn))!;
        Assert.True(ending.Result is not null, $"the turn failed: {ending.Failure}: {ending.Detail}");
        return ending.Result;
    }

    /// <summary>What users and the shop read of it, as text: two slates for newcomers, an item, and what is remembered of a user.</summary>
    /// <param name="run">Names the asking: whoever comes is new.</param>
    /// <param name="known">A user who stays as he is.</param>
    /// <param name="item">An item.</param>
    public async Task<string> AnswersAsync(string run, string known, string item)
    {
        var plain = await TurnAsync($"plain-{run}", $"plain-{run}");
        var asked = await TurnAsync($"asked-{run}", $"asked-{run}", "a funny comedy");
        return string.Join('\n', [
            Text(plain.Slate), Text(asked.Slate), Text((await Item(item).Describe())!.Item), Text(await User(known).DescribeMemory()),
            Text((await Models.List()).Models), Text((await Policies.List()).Select(policy => policy.Name)),
        ]);
    }

    private static string Text<T>(T answer) => JsonSerializer.Serialize(answer, DomainJson.Options);
}
