using NetArchTest.Rules;

namespace AgentRec.Tests.Architecture;

/// <summary>Who may know whom. A new edge is a decision: it belongs into the design before it belongs here.</summary>
public sealed class DependencyTests
{
    private const string Ours = "AgentRec.";

    public static TheoryData<string> AllProjects => [.. Projects.Allowed.Keys];

    [Theory]
    [MemberData(nameof(AllProjects))]
    public void Code_OfAProject_UsesNoOtherProjectThanTheDesignAllows(string project)
    {
        var used = Projects.UsedAssemblies(project).Where(name => name.StartsWith(Ours, StringComparison.Ordinal)).Select(name => name[Ours.Length..]);

        Assert.Empty(used.Except(Projects.Allowed[project], StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(AllProjects))]
    public void ProjectFile_OfAProject_NamesNoOtherProjectThanTheDesignAllows(string project) =>
        Assert.Empty(Projects.NamedProjects(project).Except(Projects.Allowed[project], StringComparer.Ordinal));

    [Fact]
    public void Solution_HasNoProjectWithoutARule()
    {
        var projects = Directory.GetFiles(Repository.Root, "*.csproj", SearchOption.AllDirectories).Select(file => Path.GetFileNameWithoutExtension(file));

        Assert.Equal(Projects.Allowed.Keys.Concat(["Benchmarks", "Cli", "Tests"]).Order(StringComparer.Ordinal), projects.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("Recommenders")]
    [InlineData("Negotiation")]
    [InlineData("Import")]
    [InlineData("Language")]
    public void PureProject_UsesNeitherOrleansNorHttp(string project) =>
        Assert.DoesNotContain(Projects.UsedAssemblies(project), IsOrleansOrHttp);

    [Fact]
    public void Domain_UsesOfOrleans_OnlyTheSerializer()
    {
        var orleans = Projects.UsedAssemblies("Domain").Where(IsOrleansOrHttp);

        Assert.Empty(orleans.Except(["Orleans.Serialization", "Orleans.Serialization.Abstractions"], StringComparer.Ordinal));
    }

    [Fact]
    public void DomainTypes_DoNotDependOnTheRuntime() => Holds(
        Types.InAssembly(Projects.Assembly("Domain")).That().ResideInNamespace("AgentRec.Domain")
            .ShouldNot().HaveDependencyOnAny("Orleans.Runtime", "Orleans.Hosting", "Orleans.Concurrency", "Orleans.Grain", "Orleans.IGrain"));

    [Theory]
    [InlineData("Grains")]
    [InlineData("Grains.Abstractions")]
    [InlineData("Storage")]
    public void Agents_KnowNoHttp(string project) =>
        Assert.DoesNotContain(Projects.UsedAssemblies(project), name => name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal) || name == "System.Net.Http");

    [Theory]
    [InlineData("Grains")]
    [InlineData("Negotiation")]
    [InlineData("Recommenders")]
    [InlineData("Gateway")]
    public void OnlyStorage_KnowsTheDatabase(string project) =>
        Assert.DoesNotContain(Projects.UsedAssemblies(project), name => name.Contains("Sqlite", StringComparison.Ordinal) || name is "System.Data.Common" or "Npgsql");

    [Fact]
    public void Gateway_IsAClient_AndKnowsNoSilo() =>
        Assert.DoesNotContain(Projects.UsedAssemblies("Gateway"), name => name is "Orleans.Runtime" or "Orleans.Server");

    [Theory]
    [InlineData("Domain")]
    [InlineData("Recommenders")]
    [InlineData("Negotiation")]
    [InlineData("Language")]
    public void PureTypes_ReadNoClock(string project) => Holds(
        Types.InAssembly(Projects.Assembly(project)).That().ResideInNamespace($"AgentRec.{project}")
            .ShouldNot().HaveDependencyOnAny("System.TimeProvider", "System.Threading.Timer", "System.Environment.TickCount"));

    private static bool IsOrleansOrHttp(string assembly) =>
        assembly.StartsWith("Orleans", StringComparison.Ordinal) || assembly.StartsWith("Microsoft.Orleans", StringComparison.Ordinal)
        || assembly.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal) || assembly == "System.Net.Http";

    private static void Holds(ConditionList rule)
    {
        var result = rule.GetResult();
        Assert.True(result.IsSuccessful, $"against the rule: {string.Join(", ", result.FailingTypeNames ?? [])}");
    }
}
