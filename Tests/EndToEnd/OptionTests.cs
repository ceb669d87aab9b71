using AgentRec.Tests.Cluster;
using AgentRec.Tests.Unit;

namespace AgentRec.Tests.EndToEnd;

/// <summary>A wrong option stops the start with a line that names it.</summary>
[Collection(ProcessCollection.Name), Trait("Category", "EndToEnd")]
public sealed class OptionTests
{
    [Theory]
    [InlineData("Gateway__TurnTimeout", "soon", "TurnTimeout")]
    [InlineData("Silo__WindowDays", "0", "WindowDays")]
    [InlineData("Silo__IdleMinutes", "later", "IdleMinutes")]
    [InlineData("Models__GreatestLoss", "1.5", "Models:GreatestLoss must be from 0 to 1")]
    [InlineData("Tools__Vectors__Kind", "faiss", "Tools:Vectors:Kind must be 'embedded' or 'qdrant'")]
    public async Task Up_WithAWrongOption_NamesItAndEndsWithOne(string option, string value, string named)
    {
        using var folder = new TempFolder();
        var store = Path.Combine(folder.Path, "store");
        await SampleStore.CopyAsync(store);

        var (code, _, error) = await CliProcess.RunAsync(new Dictionary<string, string>(StringComparer.Ordinal) { [$"AGENTREC_{option}"] = value }, "up", "--store", store, "--urls", "http://127.0.0.1:0");

        Assert.True(code == 1, $"{code}: {error}");
        Assert.Contains(named, error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }
}
