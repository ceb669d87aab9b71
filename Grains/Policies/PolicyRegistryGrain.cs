using System.Collections.Immutable;
using System.Text.Json.Nodes;
using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Keys;
using AgentRec.Grains.Abstractions.Policies;
using AgentRec.Grains.Abstractions.Storage;
using AgentRec.Negotiation.Policies;

namespace AgentRec.Grains.Policies;

/// <inheritdoc cref="IPolicyRegistryGrain"/>
[GrainType("policy-registry")]
internal sealed class PolicyRegistryGrain(IPolicyStore store, PolicyDirectory directory) : Grain, IPolicyRegistryGrain
{
    private string Tenant => GrainKey.Parse(this.GetPrimaryKeyString()).Tenant;

    public async Task<PolicyPutOutcome> Put(string name, string content)
    {
        var reading = content.AsSpan().TrimStart().StartsWith("{") ? RuleSetReader.ReadJson(content) : RuleSetReader.ReadYaml(content);
        if (reading.RuleSet is not { } rules)
            return new PolicyPutOutcome(null, reading.Errors);
        if (!string.Equals(rules.Name, name, StringComparison.Ordinal))
            return new PolicyPutOutcome(null, [new RuleSetError("name", $"is '{rules.Name}', but the rule set is put under '{name}': they must be the same")]);

        var stored = await store.PutAsync(Tenant, name, RuleSetWriter.WriteJson(rules with { Version = 0 }), CancellationToken.None);
        directory.Announce(Tenant, stored);
        return new PolicyPutOutcome(View(stored), []);
    }

    public async Task<PolicyView?> Get(string name, int? version) =>
        await store.GetAsync(Tenant, name, version, CancellationToken.None) is { } stored ? View(stored) : null;

    public async Task<ImmutableArray<PolicyView>> List() =>
        [.. (await store.ListAsync(Tenant, CancellationToken.None)).Select(View)];

    private static PolicyView View(StoredPolicy stored)
    {
        var content = JsonNode.Parse(stored.Content)!.AsObject();
        content["version"] = stored.Version;
        return new PolicyView(stored.Name, stored.Version, content.ToJsonString());
    }
}
