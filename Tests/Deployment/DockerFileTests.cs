using System.Xml.Linq;

namespace AgentRec.Tests.Deployment;

public sealed class DockerFileTests
{
    public static TheoryData<string> Hosts => [.. DockerFile.Hosts()];

    [Fact]
    public void Hosts_AreThoseThatAreDeployed() => Assert.Equal(["cli", "gateway", "silo"], DockerFile.Hosts());

    [Theory, MemberData(nameof(Hosts))]
    public void Image_IsBuiltFromAProjectThatExistsAndRunsItsProgram(string host)
    {
        var file = DockerFile.Of(host);
        var project = Path.Combine(Repository.Root, file.Project);
        var assembly = XDocument.Load(project).Descendants("AssemblyName").FirstOrDefault()?.Value ?? $"AgentRec.{Path.GetFileNameWithoutExtension(project)}";

        Assert.Equal(["mcr.microsoft.com/dotnet/sdk:10.0", "mcr.microsoft.com/dotnet/aspnet:10.0"], file.Bases);
        Assert.Equal(("dotnet", $"{assembly}.dll"), (file.EntryPoint[0], Path.GetFileName(file.EntryPoint[1])));
    }

    [Theory, MemberData(nameof(Hosts))]
    public void Image_RunsAsNobodySpecialAndListensWhereItSays(string host)
    {
        var file = DockerFile.Of(host);

        Assert.Equal("$APP_UID", file.User);
        if (file.EntryPoint.Contains("--urls"))
            Assert.Contains(new Uri(file.EntryPoint[^1]).Port, file.Ports);
    }

    [Theory, MemberData(nameof(Hosts))]
    public void Environment_OfAnImage_IsOptions(string host) => Assert.DoesNotContain(
        BoundOptions.Problems(host, DockerFile.Of(host).Environment), problem => problem.Contains("nothing binds", StringComparison.Ordinal));
}
