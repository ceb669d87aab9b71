using System.Text.Json;
using AgentRec.Domain;
using AgentRec.Storage;
using AgentRec.Tests.Cluster;
using AgentRec.Tests.Unit;

namespace AgentRec.Tests.EndToEnd;

/// <summary><c>agentrec models</c> on a store, and through a node that has it open.</summary>
[Collection(ProcessCollection.Name), Trait("Category", "EndToEnd")]
public sealed class ModelCommandTests
{
    [Fact]
    public async Task Models_AreListedActivatedAndRolledBack_OnAStoreAndThroughANode()
    {
        using var folder = new TempFolder();
        var store = Path.Combine(folder.Path, "store");
        await SampleStore.CopyAsync(store);
        string first, second;
        await using (var open = await EmbeddedStore.OpenAsync(store, TimeProvider.System, default))
        {
            first = (await open.Artifacts.ActiveAsync(Identifier.DefaultTenant, default))!.Version;
            second = await SecondModel.AddAsync(open);
        }

        Assert.Contains($"Model {second} is active.", await DoneAsync("models", "activate", second, "--store", store, "--force"), StringComparison.Ordinal);
        Assert.Contains($"Model {first} is active.", await DoneAsync("models", "rollback", "--store", store, "--force"), StringComparison.Ordinal);
        var list = await DoneAsync("models", "--store", store);
        Assert.Contains(first, list, StringComparison.Ordinal);
        Assert.Contains("rollback", list, StringComparison.Ordinal);
        Assert.Contains("'none'", await FailedAsync("models", "activate", "none", "--store", store), StringComparison.Ordinal);

        await using var node = await NodeProcess.StartAsync(store);
        var url = node.Http.BaseAddress!.ToString();
        Assert.Contains("--url", await FailedAsync("models", "--store", store), StringComparison.Ordinal);
        Assert.Contains($"Model {second} is active.", await DoneAsync("models", "activate", second, "--url", url, "--force"), StringComparison.Ordinal);
        Assert.Contains($"serves {second}", await DoneAsync("models", "--url", url), StringComparison.Ordinal);
        Assert.Contains("unknown-model", await FailedAsync("models", "activate", "none", "--url", url), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Commands_ForATenant_WorkOnItsDataAndModelsAlone()
    {
        using var folder = new TempFolder();
        var (data, store) = (Directory.CreateDirectory(Path.Combine(folder.Path, "data")).FullName, Path.Combine(folder.Path, "store"));
        await SampleStore.CopyAsync(store);
        folder.Write("data/items.csv", "itemId,title,genre\n" + string.Concat(Enumerable.Range(0, 40).Select(i => $"b{i},Book {i},{(i % 2 == 0 ? "Drama" : "Comedy")}\n")));
        folder.Write(
            "data/interactions.csv",
            "userId,itemId,type,value,timestamp\n" + string.Concat(Enumerable.Range(0, 400).Select(i => $"u{i % 40},b{i * 7 % 40},like,,2024-01-{1 + i % 28:00}T00:00:{i % 60:00}Z\n")));

        await DoneAsync("import", "--data", data, "--store", store, "--tenant", "b");
        Assert.Contains("'b'", await FailedAsync("recommend", "--store", store, "--tenant", "b", "--user", "u"), StringComparison.Ordinal);
        await DoneAsync("train", "--store", store, "--tenant", "b", "--models", "content,popularity");
        using var turn = JsonDocument.Parse(await DoneAsync("recommend", "--store", store, "--tenant", "b", "--user", "u1", "--json"));

        Assert.All(turn.RootElement.GetProperty("slate").GetProperty("items").EnumerateArray(), item => Assert.StartsWith("Book ", item.GetProperty("title").GetString(), StringComparison.Ordinal));
        await using var open = await EmbeddedStore.OpenAsync(store, TimeProvider.System, default);
        Assert.Single(await open.Artifacts.ListAsync("b", default));
        Assert.Single(await open.Artifacts.ListAsync(Identifier.DefaultTenant, default));
        Assert.Equal(40, (await open.Catalogue.LoadAsync("b", default)).Count);
        Assert.Equal(2_000, (await open.Catalogue.LoadAsync(Identifier.DefaultTenant, default)).Count);
    }

    [Fact]
    public async Task Models_OfANodeThatIsNotThere_SaySo() =>
        Assert.Contains("No node answers", await FailedAsync("models", "--url", "http://127.0.0.1:1"), StringComparison.Ordinal);

    private static async Task<string> DoneAsync(params string[] arguments)
    {
        var (code, output, error) = await CliProcess.RunAsync(arguments);
        Assert.True(code == 0, error);
        return output;
    }

    private static async Task<string> FailedAsync(params string[] arguments)
    {
        var (code, _, error) = await CliProcess.RunAsync(arguments);
        Assert.True(code == 1, $"{code}: {error}");
        return error;
    }
}
