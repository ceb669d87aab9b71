using System.Text.Json;
using AgentRec.Tests.PostgreSql;
using AgentRec.Tests.Unit;

namespace AgentRec.Tests.EndToEnd;

/// <summary>The commands on a database instead of a folder.</summary>
[Collection(ProcessCollection.Name), Trait("Category", "EndToEnd")]
public sealed class PostgreSqlCommandTests
{
    [PostgreSqlFact]
    public async Task Commands_OnPostgreSql_ImportTrainListAndRecommend()
    {
        using var folder = new TempFolder();
        var data = Directory.CreateDirectory(Path.Combine(folder.Path, "data")).FullName;
        folder.Write("data/items.csv", "itemId,title,genre\n" + string.Concat(Enumerable.Range(0, 40).Select(i => $"m{i},Film {i},{(i % 2 == 0 ? "Drama" : "Comedy")}\n")));
        folder.Write("data/interactions.csv", "userId,itemId,type,value,timestamp\nu,nope,like,,\n" + string.Concat(
            from user in Enumerable.Range(0, 30)
            from rating in Enumerable.Range(0, 12)
            select $"u{user},m{(user * 3 + rating) % 40},rate,{3 + rating % 3},2024-01-{1 + rating:D2}T00:00:00Z\n"));
        var variables = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["AGENTREC_Store__ConnectionString"] = await (await PostgreSqlServer.SharedAsync()).CreateDatabaseAsync(),
            ["AGENTREC_Store__ModelDirectory"] = Path.Combine(folder.Path, "models"),
        };

        var first = await DoneAsync("import", "--data", data, "--store", "postgresql", "--json");
        Assert.Equal((40, 360), Counts(first));
        Assert.Equal((0, 0), Counts(await DoneAsync("import", "--data", data, "--store", "postgresql", "--json")));
        Assert.Contains(" is active.", await DoneAsync("train", "--store", "postgresql", "--models", "popularity,content"), StringComparison.Ordinal);
        // As on another machine: the models come from the database.
        Directory.Delete(variables["AGENTREC_Store__ModelDirectory"], recursive: true);
        Assert.Contains("train", await DoneAsync("models", "--store", "postgresql"), StringComparison.Ordinal);
        using var turn = JsonDocument.Parse(await DoneAsync("recommend", "--store", "postgresql", "--user", "u1", "--k", "3", "--json"));
        Assert.Equal(3, turn.RootElement.GetProperty("slate").GetProperty("items").GetArrayLength());

        async Task<string> DoneAsync(params string[] arguments)
        {
            var (code, output, error) = await CliProcess.RunAsync(variables, arguments);
            Assert.True(code == 0, output + error);
            Assert.DoesNotContain(PostgreSqlServer.Password, output + error, StringComparison.Ordinal);
            return output;
        }

        static (int Items, int Interactions) Counts(string json)
        {
            using var counts = JsonDocument.Parse(json);
            return (counts.RootElement.GetProperty("items").GetProperty("added").GetInt32(), counts.RootElement.GetProperty("interactions").GetProperty("accepted").GetInt32());
        }
    }

    [Fact]
    public async Task Command_OnPostgreSqlWithoutAConnectionString_NamesTheVariable()
    {
        var (code, _, error) = await CliProcess.RunAsync("models", "--store", "postgresql");
        Assert.True(code == 1, error);
        Assert.Contains("AGENTREC_Store__ConnectionString", error, StringComparison.Ordinal);
    }
}
