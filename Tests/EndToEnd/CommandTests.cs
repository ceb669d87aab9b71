using System.Globalization;
using System.Text.Json;
using AgentRec.Tests.Cluster;
using AgentRec.Tests.Unit;

namespace AgentRec.Tests.EndToEnd;

/// <summary>The commands as a script calls them.</summary>
[Collection(ProcessCollection.Name), Trait("Category", "EndToEnd")]
public sealed class CommandTests
{
    [Fact]
    public async Task Demo_FromTheBuiltTree_EndsWithZero()
    {
        var (code, output, error) = await CliProcess.RunAsync("demo");

        Assert.True(code == 0, output + error);
        Assert.Contains("The demonstration is complete.", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fly")]
    [InlineData("evaluate", "--data", ".")]
    [InlineData("evaluate", "--data", ".", "--protocol", "sideways")]
    [InlineData("evaluate", "--data", ".", "--protocol", "user-temporal", "--closed-loop", "3")]
    [InlineData("evaluate", "--data", ".", "--protocol", "user-temporal", "--policy", "p.yaml", "--closed-loop", "0")]
    [InlineData("recommend", "--store", ".", "--user", "u", "--k", "51")]
    [InlineData("up", "--urls", "nowhere")]
    [InlineData("models")]
    [InlineData("models", "--store", ".", "--url", "http://127.0.0.1:5080")]
    [InlineData("models", "--url", "nowhere")]
    [InlineData("models", "activate", "--store", ".")]
    [InlineData("models", "--url", "http://127.0.0.1:5080", "--tenant", "b")]
    [InlineData("import", "--data", ".", "--store", ".", "--tenant", "")]
    [InlineData("keys", "list")]
    [InlineData("keys", "create", "--store", ".", "--name", "n", "--scopes", "everything")]
    [InlineData("keys", "create", "--store", ".", "--name", "n", "--scopes", "read", "--expires", "0")]
    [InlineData("keys", "revoke", "--store", ".")]
    [InlineData("cluster")]
    [InlineData("cluster", "status")]
    [InlineData("cluster", "status", "--url", "nowhere")]
    [InlineData("bench", "--url", "http://127.0.0.1:5080", "--rate", "10", "--duration", "1")]
    [InlineData("bench", "--url", "nowhere", "--rate", "10", "--duration", "1", "--json", "r.json")]
    [InlineData("bench", "--url", "http://127.0.0.1:5080", "--rate", "10,fast", "--duration", "1", "--json", "r.json")]
    [InlineData("bench", "--url", "http://127.0.0.1:5080", "--rate", "10", "--duration", "0", "--json", "r.json")]
    [InlineData("bench", "--url", "http://127.0.0.1:5080", "--rate", "10", "--duration", "NaN", "--json", "r.json")]
    [InlineData("bench", "--url", "http://127.0.0.1:5080", "--rate", "0.1", "--duration", "1", "--json", "r.json")]
    [InlineData("bench", "--url", "http://127.0.0.1:5080", "--rate", "10", "--duration", "1", "--json", "r.svg")]
    [InlineData("bench", "--url", "http://127.0.0.1:5080", "--rate", "10", "--duration", "1", "--json", "r.json", "--mix", "reads=1")]
    [InlineData("bench", "--url", "http://127.0.0.1:5080", "--rate", "10", "--duration", "1", "--json", "r.json", "--users", "0")]
    public async Task Command_WronglyCalled_EndsWithTwo(params string[] arguments)
    {
        var (code, _, error) = await CliProcess.RunAsync(arguments);

        Assert.True(code == 2, error);
        Assert.NotEmpty(error);
    }

    [Fact]
    public async Task Import_OfTheSameFolderTwice_ChangesNothingAndNamesBadRows()
    {
        using var folder = new TempFolder();
        var data = Directory.CreateDirectory(Path.Combine(folder.Path, "data")).FullName;
        folder.Write("data/items.csv", "itemId,title,genre\na,Alpha,Drama\nb,Beta,Comedy|Drama\n,Nameless,Drama\n");
        folder.Write("data/interactions.csv", "userId,itemId,type,value,timestamp\nu,a,rate,5,2024-01-01T00:00:00Z\nu,nope,like,,\nu,b,rate,11,\n");
        var store = Path.Combine(folder.Path, "store");

        var (first, before, error) = await CliProcess.RunAsync("import", "--data", data, "--store", store, "--json");
        var (second, after, _) = await CliProcess.RunAsync("import", "--data", data, "--store", store, "--json");

        Assert.True(first == 0 && second == 0, error);
        Assert.Equal((2, 1), Counts(before));
        Assert.Equal((0, 0), Counts(after));
        Assert.Contains("items.csv:4:", error, StringComparison.Ordinal);
        Assert.Contains("interactions.csv:3:", error, StringComparison.Ordinal);
        Assert.Contains("interactions.csv:4:", error, StringComparison.Ordinal);

        static (int Items, int Interactions) Counts(string json)
        {
            using var counts = JsonDocument.Parse(json);
            return (counts.RootElement.GetProperty("items").GetProperty("added").GetInt32(), counts.RootElement.GetProperty("interactions").GetProperty("accepted").GetInt32());
        }
    }

    [Fact]
    public async Task Evaluate_WithAPolicy_ReportsEveryModelAndProtocol()
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(Path.Combine(folder.Path, "data"));
        folder.Write("data/items.csv", "itemId,title,genre\n" + string.Concat(Enumerable.Range(0, 60).Select(i => $"f{i},Film {i},{(i % 3 == 0 ? "Drama" : i % 3 == 1 ? "Comedy" : "Action")}\n")));
        folder.Write("data/interactions.csv", "userId,itemId,type,value,timestamp\n" + string.Concat(
            from user in Enumerable.Range(0, 30)
            from n in Enumerable.Range(0, 8)
            select string.Create(CultureInfo.InvariantCulture, $"u{user},f{(user * 7 + n * (1 + user % 4)) % 60},rate,5,{1_600_000_000 + n * 86_400}\n")));
        var policy = folder.Write("policy.yaml", "name: two\nrules:\n  - { id: comedy, type: count, facet: genre, values: [Comedy], atLeast: 2, severity: hard, priority: 1 }\n");
        var report = Path.Combine(folder.Path, "report.json");

        var (code, _, error) = await CliProcess.RunAsync(
            "evaluate", "--data", Path.Combine(folder.Path, "data"), "--protocol", "leave-last-out", "--models", "popularity,agentrec", "--policy", policy, "--json", report);

        Assert.True(code == 0, error);
        using var json = JsonDocument.Parse(await File.ReadAllTextAsync(report));
        var models = json.RootElement.GetProperty("models").EnumerateArray().ToArray();
        Assert.Equal(["popularity", "agentrec", "concession", "repair", "exact", "auction", "vote"], models.Select(model => model.GetProperty("name").GetString()!));
        var agentrec = models[1].GetProperty("policy");
        Assert.Equal((1.0, 0), (agentrec.GetProperty("passRate").GetDouble(), agentrec.GetProperty("falseAccepts").GetInt32()));
        foreach (var metric in new[] { "ndcg@10", "hr@10", "recall@10", "recall@20", "mrr", "coverage@10", "gini@10", "diversity@10", "tailShare@10" })
        {
            var estimate = models[1].GetProperty("metrics").GetProperty(metric);
            Assert.InRange(estimate.GetProperty("mean").GetDouble(), estimate.GetProperty("low").GetDouble() - 1e-9, estimate.GetProperty("high").GetDouble() + 1e-9);
        }
    }

    [Fact]
    public async Task Recommend_OnATrainedStore_NegotiatesASlate_AndAStoreInUseIsRefused()
    {
        using var folder = new TempFolder();
        var store = Path.Combine(folder.Path, "store");
        await SampleStore.CopyAsync(store);

        var (code, output, error) = await CliProcess.RunAsync("recommend", "--store", store, "--user", "somebody new", "--k", "7", "--message", "comedies, please", "--json");
        await using var node = await NodeProcess.StartAsync(store);
        var (busy, _, refusal) = await CliProcess.RunAsync("recommend", "--store", store, "--user", "u");

        Assert.True(code == 0, error);
        using var turn = JsonDocument.Parse(output);
        Assert.Equal(7, turn.RootElement.GetProperty("slate").GetProperty("items").GetArrayLength());
        Assert.Equal("comedies", Assert.Single(turn.RootElement.GetProperty("constraints").EnumerateArray()).GetProperty("source").GetString());
        Assert.True(busy == 1, refusal);
        Assert.Contains(store, refusal, StringComparison.Ordinal);
    }
}
