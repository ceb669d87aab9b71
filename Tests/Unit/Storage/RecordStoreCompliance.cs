using AgentRec.Grains.Abstractions.Access;
using AgentRec.Grains.Abstractions.Models;
using AgentRec.Grains.Abstractions.Storage;
using static AgentRec.Tests.Unit.Storage.Samples;

namespace AgentRec.Tests.Unit.Storage;

/// <summary>What every implementation of the catalogue, policy, certificate and artifact ports must do.</summary>
public abstract class RecordStoreCompliance : StoreFixture
{
    private const string Tenant = "default";

    [ComplianceFact]
    public async Task Items_PutAgain_KeepTheirHandles()
    {
        var (a, b, c) = (Film with { ItemId = "a" }, Film with { ItemId = "b" }, Film with { ItemId = "c" });
        Assert.Equal(new CatalogueChange(2, 0, 0), await Store.Catalogue.PutAsync(Tenant, [b, a with { Title = "first" }, a], default));
        Assert.Equal(new CatalogueChange(1, 1, 1), await Store.Catalogue.PutAsync(Tenant, [c, a, b with { Title = "new" }], default));
        Assert.Equal(new CatalogueChange(0, 0, 0), await Store.Catalogue.PutAsync(Tenant, [], default));
        await ReopenAsync();
        Assert.Equal([b with { Title = "new" }, a, c], await Store.Catalogue.LoadAsync(Tenant, default));
        Assert.Empty(await Store.Catalogue.LoadAsync("other", default));
    }

    [ComplianceFact]
    public async Task Tenants_WithItemsOrAnActiveModelOrAnErasureUnderWay_AreListedByName()
    {
        Assert.Empty(await Store.Tenants.ListAsync(default));
        foreach (var tenant in (string[])["shop", "é", "a/b"])
            await Store.Catalogue.PutAsync(tenant, [Film, Film with { ItemId = "another" }], default);
        await Store.Artifacts.AddAsync("registered", new ModelArtifactEntry("v", "v", "{}"), default);
        await Store.Artifacts.AddAsync("active", new ModelArtifactEntry("v", "v", "{}"), default);
        await Store.Artifacts.ActivateAsync("active", "v", ActivationCause.Train, 0, default);
        await Store.Erasures.RemoveAsync("erasing", "u", new UserFootprint("f", 0, [], [], []), Start, default);
        await Store.Erasures.RemoveAsync("erased", "u", new UserFootprint("f", 0, [], [], []), Start, default);
        await Store.Erasures.CompleteAsync("erased", "u", default);
        await ReopenAsync();
        Assert.Equal(["a/b", "active", "erasing", "shop", "é"], (await Store.Tenants.ListAsync(default)).AsEnumerable());
    }

    [ComplianceFact]
    public async Task Policies_OtherContent_IsANewVersionAndTheSameIsNot()
    {
        Assert.Equal(1, (await Store.Policies.PutAsync(Tenant, "p", "one", default)).Version);
        Assert.Equal(1, (await Store.Policies.PutAsync(Tenant, "p", "one", default)).Version);
        Assert.Equal(2, (await Store.Policies.PutAsync(Tenant, "p", "two", default)).Version);
        Assert.Equal(3, (await Store.Policies.PutAsync(Tenant, "p", "one", default)).Version);
        Assert.Equal(1, (await Store.Policies.PutAsync(Tenant, "a", "x", default)).Version);
        await ReopenAsync();
        Assert.Equal(new StoredPolicy("p", 3, "one"), await Store.Policies.GetAsync(Tenant, "p", null, default));
        Assert.Equal(new StoredPolicy("p", 2, "two"), await Store.Policies.GetAsync(Tenant, "p", 2, default));
        Assert.Null(await Store.Policies.GetAsync(Tenant, "p", 4, default));
        Assert.Null(await Store.Policies.GetAsync("other", "p", null, default));
        Assert.Equal([new("a", 1, "x"), new("p", 3, "one")], await Store.Policies.ListAsync(Tenant, default));
    }

    [ComplianceFact]
    public async Task Certificates_OfATurn_AreFoundWithWindowAndUser()
    {
        var archive = new TurnArchive("c1", """{"id":"c1"}""", """[{"itemId":"é"}]""");
        Assert.Equal(AppendOutcome.Appended, await Store.Log.AppendAsync(Tenant, "u", [Event(1, Turn("s", 1, "m"))], archive, default));
        await ReopenAsync();
        Assert.Equal(archive.Certificate, await Store.Certificates.GetAsync(Tenant, "c1", default));
        Assert.Equal(archive.Window, await Store.Certificates.GetWindowAsync(Tenant, "c1", default));
        Assert.Equal("u", await Store.Certificates.GetUserAsync(Tenant, "c1", default));
        Assert.Null(await Store.Certificates.GetAsync(Tenant, "c2", default));
        Assert.Null(await Store.Certificates.GetWindowAsync("other", "c1", default));
        Assert.Null(await Store.Certificates.GetUserAsync(Tenant, "c2", default));
    }

    [ComplianceFact]
    public async Task Keys_AddedAgain_StayAsTheyWere()
    {
        await Store.Certificates.AddKeyAsync(new SigningKey("new", [1], [2], Start.AddDays(1)), default);
        await Store.Certificates.AddKeyAsync(new SigningKey("old", [3], [4], Start), default);
        await Store.Certificates.AddKeyAsync(new SigningKey("new", [9], [9], Start), default);
        await ReopenAsync();
        var keys = await Store.Certificates.ReadKeysAsync(default);
        Assert.Equal(["old", "new"], keys.Select(key => key.KeyId));
        Assert.Equal([1], keys[1].PrivateKey);
        Assert.Equal([2], keys[1].PublicKey);
        Assert.Equal(Start.AddDays(1), keys[1].CreatedAt);
        Assert.DoesNotContain("1", keys[1].ToString(), StringComparison.Ordinal);
    }

    [ComplianceFact]
    public async Task Artifacts_ActivatedLast_IsActive_AndAllActivationsAreKept()
    {
        Assert.Null(await Store.Artifacts.ActiveAsync(Tenant, default));
        Assert.Null(await Store.Artifacts.LastAsync(Tenant, default));
        Assert.Empty(await Store.Artifacts.ListAsync(Tenant, default));
        var (first, second) = (new ModelArtifactEntry("v1", "f1", "{}"), new ModelArtifactEntry("v2", "f2", "{}"));
        await Store.Artifacts.AddAsync(Tenant, first, default);
        await Store.Artifacts.AddAsync(Tenant, second, default);
        Assert.Null(await Store.Artifacts.ActiveAsync(Tenant, default));

        var one = await Store.Artifacts.ActivateAsync(Tenant, "v1", ActivationCause.Train, 0, default);
        var two = await Store.Artifacts.ActivateAsync(Tenant, "v2", ActivationCause.Forced, 1, default);
        Assert.Equal(second, await Store.Artifacts.ActiveAsync(Tenant, default));
        var three = await Store.Artifacts.ActivateAsync(Tenant, "v1", ActivationCause.Rollback, 2, default);
        await ReopenAsync();

        Assert.Equal(first, await Store.Artifacts.ActiveAsync(Tenant, default));
        Assert.Equal(three, await Store.Artifacts.LastAsync(Tenant, default));
        Assert.Equal((3, "v1", ActivationCause.Rollback), (three!.Number, three.Version, three.Cause));
        var models = await Store.Artifacts.ListAsync(Tenant, default);
        Assert.Equal([second, first], models.Select(model => model.Artifact));
        Assert.Equal(two, Assert.Single(models[0].Activations));
        Assert.Equal([three, one], models[1].Activations.AsEnumerable());
        Assert.All(models, model => Assert.NotNull(model.AddedAt));
        Assert.Equal(second, await Store.Artifacts.FindAsync(Tenant, "v2", default));
        Assert.Null(await Store.Artifacts.FindAsync(Tenant, "v3", default));
        Assert.Null(await Store.Artifacts.ActiveAsync("other", default));
    }

    [ComplianceFact]
    public async Task Artifacts_AddedAgain_KeepPlaceAndMoment()
    {
        await Store.Artifacts.AddAsync(Tenant, new ModelArtifactEntry("v1", "f1", "{}"), default);
        var added = (await Store.Artifacts.ListAsync(Tenant, default))[0].AddedAt;
        await Store.Artifacts.AddAsync(Tenant, new ModelArtifactEntry("v2", "f2", "{}"), default);
        await Store.Artifacts.AddAsync(Tenant, new ModelArtifactEntry("v1", "g1", "{}"), default);

        var models = await Store.Artifacts.ListAsync(Tenant, default);
        Assert.Equal(["v2", "v1"], models.Select(model => model.Artifact.Version));
        Assert.Equal(("g1", added), (models[1].Artifact.Folder, models[1].AddedAt));
    }

    [ComplianceFact]
    public async Task Activation_OfWhatIsNotThere_OrBehindTheLast_ChangesNothing()
    {
        await Store.Artifacts.AddAsync(Tenant, new ModelArtifactEntry("v1", "f1", "{}"), default);
        Assert.NotNull(await Store.Artifacts.ActivateAsync(Tenant, "v1", ActivationCause.Train, 0, default));
        Assert.Null(await Store.Artifacts.ActivateAsync(Tenant, "v1", ActivationCause.Request, 0, default));
        Assert.Null(await Store.Artifacts.ActivateAsync(Tenant, "v1", ActivationCause.Request, 2, default));
        Assert.Null(await Store.Artifacts.ActivateAsync(Tenant, "v2", ActivationCause.Request, 1, default));
        Assert.Null(await Store.Artifacts.ActivateAsync("other", "v1", ActivationCause.Request, 0, default));
        Assert.Equal(1, (await Store.Artifacts.LastAsync(Tenant, default))!.Number);
    }

    [ComplianceFact]
    public async Task Activations_AtOnce_OnlyOneOfThoseThatExpectTheSameIsMade()
    {
        for (var version = 0; version < 16; version++)
            await Store.Artifacts.AddAsync(Tenant, new ModelArtifactEntry($"v{version}", "f", "{}"), default);
        for (var round = 0; round < 5; round++)
        {
            var attempts = await Task.WhenAll(Enumerable.Range(0, 16).Select(version =>
                Task.Run(async () => await (version % 2 == 0 ? Store : Other).Artifacts.ActivateAsync(Tenant, $"v{version}", ActivationCause.Request, round, default))));
            var made = Assert.Single(attempts, attempt => attempt is not null);
            Assert.Equal(made, await Store.Artifacts.LastAsync(Tenant, default));
        }
    }

    [ComplianceFact]
    public async Task Items_PutAtOnceByTwoOpeners_HaveDenseHandlesThatStay()
    {
        var puts = await Task.WhenAll(Enumerable.Range(0, 40).Select(put => Task.Run(async () =>
        {
            var items = Enumerable.Range(put, 5).Select(i => Film with { ItemId = $"m{i}" }).ToArray();
            return await (put % 2 == 0 ? Store : Other).Catalogue.PutAsync(Tenant, items, default);
        })));
        Assert.Equal(44, puts.Sum(put => put.Added));
        Assert.Equal((0, 40 * 5 - 44), (puts.Sum(put => put.Changed), puts.Sum(put => put.Unchanged)));
        var before = await Store.Catalogue.LoadAsync(Tenant, default);
        Assert.Equal(44, before.DistinctBy(item => item.ItemId).Count());
        await Other.Catalogue.PutAsync(Tenant, [Film with { ItemId = "a" }, .. before.Reverse()], default);
        Assert.Equal([.. before.Select(item => item.ItemId), "a"], (await Store.Catalogue.LoadAsync(Tenant, default)).Select(item => item.ItemId));
    }

    [ComplianceFact]
    public async Task Policies_PutAtOnceByTwoOpeners_EachHasAVersionOfItsOwn()
    {
        var stored = await Task.WhenAll(Enumerable.Range(0, 30).Select(put => Task.Run(async () =>
            await (put % 2 == 0 ? Store : Other).Policies.PutAsync(Tenant, "p", $"content {put}", default))));
        Assert.Equal(Enumerable.Range(1, 30), stored.Select(policy => policy.Version).Order());
        foreach (var policy in stored)
            Assert.Equal(policy, await Store.Policies.GetAsync(Tenant, "p", policy.Version, default));
    }

    [ComplianceFact]
    public async Task FirstKey_OfManyAtOnce_OneIsKept()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(async () =>
            await (i % 2 == 0 ? Store : Other).Certificates.AddFirstKeyAsync(new SigningKey($"k{i}", [1], [2], Start), default))));
        var key = Assert.Single(await Store.Certificates.ReadKeysAsync(default));
        Assert.Equal(key.KeyId, Assert.Single(await Other.Certificates.ReadKeysAsync(default)).KeyId);
    }

    [ComplianceFact]
    public async Task AccessKeys_AreFoundListedAndRevokedOnce()
    {
        Assert.False(await Store.AccessKeys.AnyAsync(default));
        Assert.Null(await Store.AccessKeys.FindAsync("k1", default));
        var later = new StoredAccessKey(new AccessKey("k1", "shop \u00e9", "acme", AccessScopes.Sessions | AccessScopes.Read, Start.AddMilliseconds(1), Start.AddDays(1), null), [1, 2]);
        var first = new StoredAccessKey(new AccessKey("k2", "ops", Tenant, AccessScopes.Admin, Start, null, null), [3]);
        await Store.AccessKeys.AddAsync(later, default);
        await Other.AccessKeys.AddAsync(first, default);
        await Store.AccessKeys.AddAsync(first with { Key = first.Key with { Name = "again" }, Digest = [9] }, default);
        await ReopenAsync();

        Assert.True(await Store.AccessKeys.AnyAsync(default));
        Assert.Equal([first.Key, later.Key], await Store.AccessKeys.ListAsync(default));
        var found = await Store.AccessKeys.FindAsync("k1", default);
        Assert.Equal(later.Key, found!.Key);
        Assert.Equal([1, 2], found.Digest.ToArray());
        Assert.Equal([3], (await Store.AccessKeys.FindAsync("k2", default))!.Digest.ToArray());

        var revoked = later.Key with { RevokedAt = Start.AddHours(1) };
        Assert.Equal(revoked, await Store.AccessKeys.RevokeAsync("k1", Start.AddHours(1), default));
        Assert.Equal(revoked, await Other.AccessKeys.RevokeAsync("k1", Start.AddHours(2), default));
        Assert.Null(await Store.AccessKeys.RevokeAsync("k3", Start, default));
        await ReopenAsync();
        Assert.Equal([first.Key, revoked], await Store.AccessKeys.ListAsync(default));
    }

    [ComplianceFact]
    public async Task ArtifactFiles_Published_AreFetchedWholeAndFetchedAgainWhenDamaged()
    {
        var random = new Random(1);
        var great = new byte[(4 << 20) * 2 + 17];
        random.NextBytes(great);
        var written = Directory.CreateDirectory(Path.Combine(Store.ArtifactFiles.Directory, "v1")).FullName;
        await File.WriteAllBytesAsync(Path.Combine(written, "great.bin"), great);
        await File.WriteAllTextAsync(Path.Combine(written, "manifest.json"), "{}");
        await File.WriteAllBytesAsync(Path.Combine(written, "empty.bin"), []);
        await Store.ArtifactFiles.PublishAsync("v1", default);
        await Store.ArtifactFiles.PublishAsync("v1", default);

        var fetched = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Other.ArtifactFiles.FetchAsync("v1", default).AsTask()));
        var folder = Assert.Single(fetched.Distinct(StringComparer.Ordinal));
        await AssertWholeAsync();
        if (!ReferenceEquals(Store, Other))
        {
            Assert.NotEqual(written, folder);
            await File.WriteAllTextAsync(Path.Combine(folder, "manifest.json"), "damaged");
            Assert.Equal(folder, await Other.ArtifactFiles.FetchAsync("v1", default));
            await AssertWholeAsync();
        }
        Assert.Equal(["v1"], Directory.GetFileSystemEntries(Other.ArtifactFiles.Directory).Select(Path.GetFileName));
        Assert.False(Directory.Exists(await Other.ArtifactFiles.FetchAsync("none", default)));

        async Task AssertWholeAsync()
        {
            Assert.Equal(["empty.bin", "great.bin", "manifest.json"], Directory.GetFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
            var content = await File.ReadAllBytesAsync(Path.Combine(folder, "great.bin"));
            Assert.True(great.SequenceEqual(content), "great.bin differs");
            Assert.Equal("{}", await File.ReadAllTextAsync(Path.Combine(folder, "manifest.json")));
        }
    }

    [ComplianceFact]
    public async Task PruneWindows_Old_KeepsCertificates()
    {
        for (var turn = 1; turn <= 2; turn++)
        {
            await Store.Log.AppendAsync(Tenant, "u", [Event(turn, Turn("s", turn, "m"))], new TurnArchive($"c{turn}", "{}", "[]"), default);
        }
        Assert.Equal(["c2", "c1"], await Store.Certificates.ListRecentAsync(Tenant, 10, default));
        Assert.Equal(1, await Store.PruneWindowsAsync(Start.AddMinutes(2), default));
        Assert.Null(await Store.Certificates.GetWindowAsync(Tenant, "c1", default));
        Assert.Equal("{}", await Store.Certificates.GetAsync(Tenant, "c1", default));
        Assert.Equal("[]", await Store.Certificates.GetWindowAsync(Tenant, "c2", default));
        Assert.Equal(["c2"], await Store.Certificates.ListRecentAsync(Tenant, 10, default));
    }
}
