using System.Text.Json;
using AgentRec.Simulation;
using AgentRec.Tests.Unit;

namespace AgentRec.Tests.Cluster.Simulation;

/// <summary>The distances that people made from data are held to. It takes minutes: <c>--filter "FullyQualifiedName~FidelityRunTests"</c>.</summary>
[Trait("Category", "Long")]
public sealed class FidelityRunTests
{
    [SharedDataFact]
    public async Task RunAsync_PeopleFromMovieLens_RateAsManyAndAsHighAsTheRealOnes()
    {
        using var folder = new TempFolder();
        var examples = Path.Combine(Repository.Root, "Simulation", "examples");
        var scenario = ScenarioReader.Read(await File.ReadAllTextAsync(Path.Combine(examples, "fidelity.yaml")), examples).Scenario!;
        await Laboratory.RunAsync(scenario with { World = new DataTerms(Path.Combine(SharedData.Root, "ml-latest-small"), 200) }, Path.Combine(folder.Path, "out"));

        using var fidelity = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(folder.Path, "out", "fidelity.json")));
        var distances = fidelity.RootElement[0].GetProperty("marginals").EnumerateArray()
            .ToDictionary(marginal => marginal.GetProperty("name").GetString()!, marginal => marginal.GetProperty("distance").GetDouble(), StringComparer.Ordinal);
        Assert.True(distances["ratings"] <= 0.1, $"ratings are {distances["ratings"]} away");
        Assert.True(distances["activity"] <= 0.1, $"activity is {distances["activity"]} away");
    }
}
