using AgentRec.Simulation;

namespace AgentRec.Tests.Unit.Simulation;

public sealed class ExampleTests
{
    public static TheoryData<string> Examples => [.. Directory.GetFiles(Path.Combine(Repository.Root, "Simulation", "examples"), "*.yaml").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Examples))]
    public void Example_IsAValidScenarioOfItsName(string file)
    {
        var folder = Path.Combine(Repository.Root, "Simulation", "examples");

        var reading = ScenarioReader.Read(File.ReadAllText(Path.Combine(folder, file)), folder);

        // Data that is not beside the repository is the only thing that may be missing.
        Assert.Empty(reading.Errors.Where(error => error.Path != "world.data"));
        Assert.True(reading.Scenario is null || reading.Scenario.Name == Path.GetFileNameWithoutExtension(file));
    }
}
