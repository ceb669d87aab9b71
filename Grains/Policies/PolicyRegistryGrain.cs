using System.Collections.Immutable;
using System.Text.Json.Nodes;
using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Policies;
using AgentRec.Grains.Abstractions.Storage;
using AgentRec.Grains.Tenants;
using AgentRec.Negotiation.Policies;
using Orleans.Concurrency;

namespace AgentRec.Grains.Policies;

/// <inheritdoc cref="IPolicyRegistryGrain"/>
/// <remarks>Puts may wait side by side: what the newest version is, the store decides.</remarks>
[GrainType("policy-registry"), Reentrant]
internal sealed class PolicyRegistryGrain(TenantServing tenant, IPolicyStore store, PolicyDirectory directory) : Grain, IPolicyRegistryGrain
{
    private string Tenant => tenant.Name;

    public async Task<PolicyPutOutcome> Put(string name, string content)
    {
        var (rules, errors) = Read(name, content);
        if (rules is null)
            return new PolicyPutOutcome(null, errors);
        var stored = await store.PutAsync(Tenant, name, RuleSetWriter.WriteJson(rules), CancellationToken.None);
        await directory.AnnounceAsync(Tenant, stored);
        return new PolicyPutOutcome(View(stored), []);
    }

    public async Task<PolicyPutOutcome> Check(string name, string content)
    {
        var (rules, errors) = Read(name, content);
        if (rules is null)
            return new PolicyPutOutcome(null, errors);
        var newest = await store.GetAsync(Tenant, name, null, CancellationToken.None);
        var written = RuleSetWriter.WriteJson(rules);
        var version = newest is null ? 1 : string.Equals(newest.Content, written, StringComparison.Ordinal) ? newest.Version : newest.Version + 1;
        return new PolicyPutOutcome(new PolicyView(name, version, RuleSetWriter.WriteJson(rules with { Version = version })), []);
    }

    public async Task<PolicyView?> Get(string name, int? version) =>
        await store.GetAsync(Tenant, name, version, CancellationToken.None) is { } stored ? View(stored) : null;

    public async Task<ImmutableArray<PolicyView>> List() =>
        [.. (await store.ListAsync(Tenant, CancellationToken.None)).Select(View)];

    private static (RuleSet? Rules, ImmutableArray<RuleSetError> Errors) Read(string name, string content)
    {
        var reading = content.AsSpan().TrimStart().StartsWith("{") ? RuleSetReader.ReadJson(content) : RuleSetReader.ReadYaml(content);
        if (reading.RuleSet is not { } rules)
            return (null, reading.Errors);
        return string.Equals(rules.Name, name, StringComparison.Ordinal)
            ? (rules with { Version = 0 }, [])
            : (null, [new RuleSetError("name", $"is '{rules.Name}', but the rule set is put under '{name}': they must be the same")]);
    }

    private static PolicyView View(StoredPolicy stored)
    {
        var content = JsonNode.Parse(stored.Content)!.AsObject();
        content["version"] = stored.Version;
        return new PolicyView(stored.Name, stored.Version, content.ToJsonString());
    }
}
