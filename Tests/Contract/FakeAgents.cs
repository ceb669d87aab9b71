using System.Collections.Immutable;
using System.Text.Json.Nodes;
using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Items;
using AgentRec.Grains.Abstractions.Keys;
using AgentRec.Grains.Abstractions.Planning;
using AgentRec.Grains.Abstractions.Policies;
using AgentRec.Grains.Abstractions.Storage;
using AgentRec.Grains.Abstractions.Users;

namespace AgentRec.Tests.Contract;

internal sealed class FakeUser(FakeCluster cluster, string id)
{
    private readonly List<Correction> stated = [];

    public Task<ImmutableArray<RecordVerdict>> Record(ImmutableArray<Interaction> interactions)
    {
        cluster.MayFail();
        return Task.FromResult(interactions.Select(Record).ToImmutableArray());
    }

    public Task<ExportPage> Export(long after) => Task.FromResult(new ExportPage(["{\"sequence\":" + (after + 1) + "}"], after < 2 ? after + 1 : null));

    public Task<MemoryView> DescribeMemory()
    {
        cluster.MayFail();
        return Task.FromResult(new MemoryView(id, stated.Count, [], 0, 0, null, [], [], [.. stated], 0));
    }

    public Task<MemoryView> Correct(ImmutableArray<Correction> corrections)
    {
        stated.AddRange(corrections);
        return DescribeMemory();
    }

    public async Task<MemoryView?> CorrectInWords(string text)
    {
        if (!text.Contains("horror", StringComparison.Ordinal))
            return null;
        return await Correct([new Correction("genre", "Horror", Attitude.Never)]) with { NotUnderstood = ["zorbs"] };
    }

    public Task Forget()
    {
        cluster.MayFail();
        stated.Clear();
        return Task.CompletedTask;
    }

    private RecordVerdict Record(Interaction interaction)
    {
        if (interaction.UserId != id)
            throw new InvalidOperationException($"{interaction.UserId} is not {id}.");
        if (cluster.Log.TryAdd(interaction.InteractionId, interaction))
            return new(RecordStatus.Accepted, null);
        return cluster.Log[interaction.InteractionId] == interaction ? new(RecordStatus.Duplicate, null) : new(RecordStatus.Rejected, "interactionId was used with other content");
    }
}

internal sealed class FakeNarrator(FakeCluster cluster, string tenant)
{
    public async Task<MemoryView> Summarise(string userId)
    {
        var view = await cluster.Agent<IUserAgent>(GrainKey.User(tenant, userId)).DescribeMemory();
        return view with { Summary = new MemorySummary($"{view.Stated.Length} statements.", IsWorded: false, [new Degradation("language", "none is configured")]) };
    }
}

internal sealed class FakeErasure(FakeCluster cluster)
{
    public Task<string> Erase(string userId)
    {
        cluster.MayFail();
        return Task.FromResult("{\"kind\":\"erasure-receipt\"}");
    }

    public Task<Verification> Verify(string receipt) => Task.FromResult(new Verification([new Finding("signature", "signature", "It is not signed.")], []));
}

internal sealed class FakeItem(FakeCluster cluster, string id)
{
    public Task<ItemStanding?> Describe()
    {
        cluster.MayFail();
        return Task.FromResult(cluster.Catalogue.TryGetValue(id, out var item) ? new ItemStanding(item, Stratum.Torso, 7, 3, 1) : null);
    }
}

internal sealed class FakeCatalogue(FakeCluster cluster)
{
    public Task<CatalogueChange> Put(ImmutableArray<Item> items)
    {
        cluster.MayFail();
        foreach (var item in items)
            cluster.Catalogue[item.ItemId] = item;
        return Task.FromResult(new CatalogueChange(items.Length, 0, 0));
    }
}

internal sealed class FakePolicies(FakeCluster cluster)
{
    private readonly Dictionary<string, List<string>> stored = new(StringComparer.Ordinal);

    public Task<PolicyPutOutcome> Put(string name, string content)
    {
        cluster.MayFail();
        if (content.Contains("atMost: -1", StringComparison.Ordinal) || content.Contains("\"atMost\": -1", StringComparison.Ordinal))
            return Task.FromResult(new PolicyPutOutcome(null, [new("rules[0].atMost", "must not be negative")]));
        var versions = stored.TryGetValue(name, out var existing) ? existing : stored[name] = [];
        versions.Add(Written(name, versions.Count + 1));
        return Task.FromResult(new PolicyPutOutcome(new PolicyView(name, versions.Count, versions[^1]), []));
    }

    public Task<PolicyPutOutcome> Check(string name, string content)
    {
        cluster.MayFail();
        if (content.Contains("\"atMost\": -1", StringComparison.Ordinal))
            return Task.FromResult(new PolicyPutOutcome(null, [new("rules[0].atMost", "must not be negative")]));
        return Task.FromResult(new PolicyPutOutcome(new PolicyView(name, 7, Written(name, 7)), []));
    }

    private static string Written(string name, int version) =>
        new JsonObject { ["name"] = name, ["version"] = version, ["rules"] = new JsonArray() }.ToJsonString();

    public Task<PolicyView?> Get(string name, int? version)
    {
        cluster.MayFail();
        if (!stored.TryGetValue(name, out var versions) || version > versions.Count)
            return Task.FromResult<PolicyView?>(null);
        var number = version ?? versions.Count;
        return Task.FromResult<PolicyView?>(new PolicyView(name, number, versions[number - 1]));
    }

    public Task<ImmutableArray<PolicyView>> List() =>
        Task.FromResult(stored.OrderBy(entry => entry.Key, StringComparer.Ordinal)
            .Select(entry => new PolicyView(entry.Key, entry.Value.Count, entry.Value[^1])).ToImmutableArray());
}

internal sealed class FakePolicyAgent(FakeCluster cluster, string tenant)
{
    /// <summary>White space and escapes are part of it: the gateway must not touch them.</summary>
    public const string Certificate = "{\"id\":\"c-1\", \"title\":\"caf\\u00e9 <b>\",\"n\":1.0}";

    public const string Window = """[{"itemId":"1","relevance":28146,"utility":28146}]""";

    public Task<Verification> Verify(string certificate, string? window)
    {
        cluster.MayFail();
        return Task.FromResult(new Verification(
            string.Equals(certificate, Certificate, StringComparison.Ordinal) && window is null or Window ? [] : [new("canonical", "title", "is not what was signed")], []));
    }

    public Task<string?> FindCertificate(string certificateId) => Task.FromResult(Knows(certificateId) ? Certificate : null);

    public Task<string?> FindWindow(string certificateId) => Task.FromResult(Knows(certificateId) ? Window : null);

    private bool Knows(string certificateId) => tenant == Identifier.DefaultTenant && certificateId == "c-1";

    public Task<ImmutableArray<string>> Recent(int limit)
    {
        cluster.MayFail();
        return Task.FromResult(Enumerable.Range(0, Math.Min(limit, 60)).Select(i => $"c-{i}").ToImmutableArray());
    }

    public Task<ImmutableArray<RehearsedSlate>> Rehearse(RehearsalRequest request, CancellationToken cancellationToken) => Task.FromResult(request.CertificateIds
        .Select(id => id.EndsWith('0')
            ? new RehearsedSlate(false, ["tail"], NegotiationOutcome.Relaxed, false, ["tail"], 1, 0.5, 4)
            : new RehearsedSlate(true, [], NegotiationOutcome.Agreed, false, [], 0.9, 0.9, 0))
        .ToImmutableArray());

    public Task<ImmutableArray<VerificationKey>> Keys() => Task.FromResult(ImmutableArray.Create(new VerificationKey("k-1", "ES256", "x", "y")));
}
