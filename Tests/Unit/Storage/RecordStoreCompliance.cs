using AgentRec.Grains.Abstractions.Storage;
using static AgentRec.Tests.Unit.Storage.Samples;

namespace AgentRec.Tests.Unit.Storage;

/// <summary>What every implementation of the catalogue, policy, certificate and artifact ports must do.</summary>
public abstract class RecordStoreCompliance : StoreFixture
{
    private const string Tenant = "default";

    [Fact]
    public async Task Items_PutAgain_KeepTheirHandles()
    {
        var (a, b, c) = (Film with { ItemId = "a" }, Film with { ItemId = "b" }, Film with { ItemId = "c" });
        Assert.Equal(new CatalogueChange(2, 0, 0), await Ports.Catalogue.PutAsync(Tenant, [b, a with { Title = "first" }, a], default));
        Assert.Equal(new CatalogueChange(1, 1, 1), await Ports.Catalogue.PutAsync(Tenant, [c, a, b with { Title = "new" }], default));
        Assert.Equal(new CatalogueChange(0, 0, 0), await Ports.Catalogue.PutAsync(Tenant, [], default));
        await ReopenAsync();
        Assert.Equal([b with { Title = "new" }, a, c], await Ports.Catalogue.LoadAsync(Tenant, default));
        Assert.Empty(await Ports.Catalogue.LoadAsync("other", default));
    }

    [Fact]
    public async Task Policies_OtherContent_IsANewVersionAndTheSameIsNot()
    {
        Assert.Equal(1, (await Ports.Policies.PutAsync(Tenant, "p", "one", default)).Version);
        Assert.Equal(1, (await Ports.Policies.PutAsync(Tenant, "p", "one", default)).Version);
        Assert.Equal(2, (await Ports.Policies.PutAsync(Tenant, "p", "two", default)).Version);
        Assert.Equal(3, (await Ports.Policies.PutAsync(Tenant, "p", "one", default)).Version);
        Assert.Equal(1, (await Ports.Policies.PutAsync(Tenant, "a", "x", default)).Version);
        await ReopenAsync();
        Assert.Equal(new StoredPolicy("p", 3, "one"), await Ports.Policies.GetAsync(Tenant, "p", null, default));
        Assert.Equal(new StoredPolicy("p", 2, "two"), await Ports.Policies.GetAsync(Tenant, "p", 2, default));
        Assert.Null(await Ports.Policies.GetAsync(Tenant, "p", 4, default));
        Assert.Null(await Ports.Policies.GetAsync("other", "p", null, default));
        Assert.Equal([new("a", 1, "x"), new("p", 3, "one")], await Ports.Policies.ListAsync(Tenant, default));
    }

    [Fact]
    public async Task Certificates_OfATurn_AreFoundWithWindowAndUser()
    {
        var archive = new TurnArchive("c1", """{"id":"c1"}""", """[{"itemId":"é"}]""");
        Assert.Equal(AppendOutcome.Appended, await Ports.Log.AppendAsync(Tenant, "u", [Event(1, Turn("s", 1, "m"))], archive, default));
        await ReopenAsync();
        Assert.Equal(archive.Certificate, await Ports.Certificates.GetAsync(Tenant, "c1", default));
        Assert.Equal(archive.Window, await Ports.Certificates.GetWindowAsync(Tenant, "c1", default));
        Assert.Equal("u", await Ports.Certificates.GetUserAsync(Tenant, "c1", default));
        Assert.Null(await Ports.Certificates.GetAsync(Tenant, "c2", default));
        Assert.Null(await Ports.Certificates.GetWindowAsync("other", "c1", default));
        Assert.Null(await Ports.Certificates.GetUserAsync(Tenant, "c2", default));
    }

    [Fact]
    public async Task Keys_AddedAgain_StayAsTheyWere()
    {
        await Ports.Certificates.AddKeyAsync(new SigningKey("new", [1], [2], Start.AddDays(1)), default);
        await Ports.Certificates.AddKeyAsync(new SigningKey("old", [3], [4], Start), default);
        await Ports.Certificates.AddKeyAsync(new SigningKey("new", [9], [9], Start), default);
        await ReopenAsync();
        var keys = await Ports.Certificates.ReadKeysAsync(default);
        Assert.Equal(["old", "new"], keys.Select(key => key.KeyId));
        Assert.Equal([1], keys[1].PrivateKey);
        Assert.Equal([2], keys[1].PublicKey);
        Assert.Equal(Start.AddDays(1), keys[1].CreatedAt);
        Assert.DoesNotContain("1", keys[1].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Artifacts_ActivatedLast_IsActive()
    {
        Assert.Null(await Ports.Artifacts.ActiveAsync(Tenant, default));
        var (first, second) = (new ModelArtifactEntry("v1", "f1", "{}"), new ModelArtifactEntry("v2", "f2", "{}"));
        await Ports.Artifacts.ActivateAsync(Tenant, first, default);
        await Ports.Artifacts.ActivateAsync(Tenant, second, default);
        Assert.Equal(second, await Ports.Artifacts.ActiveAsync(Tenant, default));
        await Ports.Artifacts.ActivateAsync(Tenant, first, default);
        await ReopenAsync();
        Assert.Equal(first, await Ports.Artifacts.ActiveAsync(Tenant, default));
        Assert.Null(await Ports.Artifacts.ActiveAsync("other", default));
    }
}
