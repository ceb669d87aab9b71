using AgentRec.Grains.Abstractions.Models;
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
    public async Task Artifacts_ActivatedLast_IsActive_AndAllActivationsAreKept()
    {
        Assert.Null(await Ports.Artifacts.ActiveAsync(Tenant, default));
        Assert.Null(await Ports.Artifacts.LastAsync(Tenant, default));
        Assert.Empty(await Ports.Artifacts.ListAsync(Tenant, default));
        var (first, second) = (new ModelArtifactEntry("v1", "f1", "{}"), new ModelArtifactEntry("v2", "f2", "{}"));
        await Ports.Artifacts.AddAsync(Tenant, first, default);
        await Ports.Artifacts.AddAsync(Tenant, second, default);
        Assert.Null(await Ports.Artifacts.ActiveAsync(Tenant, default));

        var one = await Ports.Artifacts.ActivateAsync(Tenant, "v1", ActivationCause.Train, 0, default);
        var two = await Ports.Artifacts.ActivateAsync(Tenant, "v2", ActivationCause.Forced, 1, default);
        Assert.Equal(second, await Ports.Artifacts.ActiveAsync(Tenant, default));
        var three = await Ports.Artifacts.ActivateAsync(Tenant, "v1", ActivationCause.Rollback, 2, default);
        await ReopenAsync();

        Assert.Equal(first, await Ports.Artifacts.ActiveAsync(Tenant, default));
        Assert.Equal(three, await Ports.Artifacts.LastAsync(Tenant, default));
        Assert.Equal((3, "v1", ActivationCause.Rollback), (three!.Number, three.Version, three.Cause));
        var models = await Ports.Artifacts.ListAsync(Tenant, default);
        Assert.Equal([second, first], models.Select(model => model.Artifact));
        Assert.Equal(two, Assert.Single(models[0].Activations));
        Assert.Equal([three, one], models[1].Activations.AsEnumerable());
        Assert.All(models, model => Assert.NotNull(model.AddedAt));
        Assert.Equal(second, await Ports.Artifacts.FindAsync(Tenant, "v2", default));
        Assert.Null(await Ports.Artifacts.FindAsync(Tenant, "v3", default));
        Assert.Null(await Ports.Artifacts.ActiveAsync("other", default));
    }

    [Fact]
    public async Task Artifacts_AddedAgain_KeepPlaceAndMoment()
    {
        await Ports.Artifacts.AddAsync(Tenant, new ModelArtifactEntry("v1", "f1", "{}"), default);
        var added = (await Ports.Artifacts.ListAsync(Tenant, default))[0].AddedAt;
        await Ports.Artifacts.AddAsync(Tenant, new ModelArtifactEntry("v2", "f2", "{}"), default);
        await Ports.Artifacts.AddAsync(Tenant, new ModelArtifactEntry("v1", "g1", "{}"), default);

        var models = await Ports.Artifacts.ListAsync(Tenant, default);
        Assert.Equal(["v2", "v1"], models.Select(model => model.Artifact.Version));
        Assert.Equal(("g1", added), (models[1].Artifact.Folder, models[1].AddedAt));
    }

    [Fact]
    public async Task Activation_OfWhatIsNotThere_OrBehindTheLast_ChangesNothing()
    {
        await Ports.Artifacts.AddAsync(Tenant, new ModelArtifactEntry("v1", "f1", "{}"), default);
        Assert.NotNull(await Ports.Artifacts.ActivateAsync(Tenant, "v1", ActivationCause.Train, 0, default));
        Assert.Null(await Ports.Artifacts.ActivateAsync(Tenant, "v1", ActivationCause.Request, 0, default));
        Assert.Null(await Ports.Artifacts.ActivateAsync(Tenant, "v1", ActivationCause.Request, 2, default));
        Assert.Null(await Ports.Artifacts.ActivateAsync(Tenant, "v2", ActivationCause.Request, 1, default));
        Assert.Null(await Ports.Artifacts.ActivateAsync("other", "v1", ActivationCause.Request, 0, default));
        Assert.Equal(1, (await Ports.Artifacts.LastAsync(Tenant, default))!.Number);
    }

    [Fact]
    public async Task Activations_AtOnce_OnlyOneOfThoseThatExpectTheSameIsMade()
    {
        for (var version = 0; version < 16; version++)
            await Ports.Artifacts.AddAsync(Tenant, new ModelArtifactEntry($"v{version}", "f", "{}"), default);
        for (var round = 0; round < 5; round++)
        {
            var attempts = await Task.WhenAll(Enumerable.Range(0, 16).Select(version =>
                Task.Run(async () => await Ports.Artifacts.ActivateAsync(Tenant, $"v{version}", ActivationCause.Request, round, default))));
            var made = Assert.Single(attempts, attempt => attempt is not null);
            Assert.Equal(made, await Ports.Artifacts.LastAsync(Tenant, default));
        }
    }
}
