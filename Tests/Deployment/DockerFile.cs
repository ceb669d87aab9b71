using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace AgentRec.Tests.Deployment;

/// <summary>What a Dockerfile of <c>infra/docker</c> says.</summary>
internal sealed partial class DockerFile
{
    private readonly string[] _lines;

    private DockerFile(string host) =>
        _lines = [.. File.ReadLines(Path.Combine(Repository.Root, "infra", "docker", $"{host}.Dockerfile")).Where(line => line.Length > 0 && line[0] != '#')];

    public IEnumerable<string> Bases => After("FROM").Select(line => line.Split(' ')[0]);

    public string? User => After("USER").LastOrDefault();

    public IEnumerable<int> Ports => After("EXPOSE").SelectMany(line => line.Split(' ')).Select(port => int.Parse(port, CultureInfo.InvariantCulture));

    public string[] EntryPoint => JsonSerializer.Deserialize<string[]>(After("ENTRYPOINT").Last())!;

    public string Project => _lines.Select(line => Published().Match(line)).Single(match => match.Success).Groups["project"].Value;

    public IReadOnlyDictionary<string, string> Environment =>
        After("ENV").SelectMany(line => line.Split(' ')).Select(one => one.Split('=', 2)).ToDictionary(one => one[0], one => one[1], StringComparer.Ordinal);

    public static DockerFile Of(string host) => new(host);

    public static IEnumerable<string> Hosts() => Directory.GetFiles(Path.Combine(Repository.Root, "infra", "docker")).Select(file => Path.GetFileName(file).Replace(".Dockerfile", "", StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    private IEnumerable<string> After(string instruction) =>
        _lines.Where(line => line.StartsWith($"{instruction} ", StringComparison.Ordinal)).Select(line => line[(instruction.Length + 1)..]);

    [GeneratedRegex(@"dotnet publish (?<project>\S+\.csproj) -c Release -o /app$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Published();
}
