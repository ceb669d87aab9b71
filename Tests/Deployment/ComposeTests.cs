using System.Text.RegularExpressions;
using AgentRec.Silo;
using YamlDotNet.RepresentationModel;

namespace AgentRec.Tests.Deployment;

/// <summary>The compose files, as far as they can be checked without an engine.</summary>
public sealed partial class ComposeTests
{
    private const string Cluster = "infra/compose.yaml";

    private static readonly string[] OwnImages = ["silo", "gateway", "cli"];

    private static readonly HashSet<string> Known = new(StringComparer.Ordinal)
    {
        "image", "build", "command", "environment", "volumes", "ports", "restart", "logging", "healthcheck", "depends_on", "deploy", "profiles", "stop_grace_period",
    };

    public static TheoryData<string> Files => [Cluster, "infra/qdrant/compose.yaml"];

    [Theory, MemberData(nameof(Files))]
    public void Services_HaveKnownKeysAndReferToWhatExists(string path)
    {
        var file = Yaml.Read(path)[0];
        var (services, volumes) = (file.Map("services"), file.Map("volumes"));

        Assert.All(file.Children.Keys, key => Assert.Matches("^(name|services|networks|volumes|x-[a-z]+)$", key.ToString()));
        foreach (var (name, service) in services)
        {
            Assert.Empty(((YamlMappingNode)service).Children.Keys.Select(key => key.ToString()).Except(Known).Select(key => $"{name}: {key}"));
            Assert.Empty(service.Map("depends_on").Keys.Except(services.Keys));
            foreach (var mount in service.List("volumes").Select(one => Rendered(one.ToString()).Split(':')[0]))
                Assert.True(mount[0] != '.' ? volumes.ContainsKey(mount) : mount == "./models" || File.Exists(Path.Combine(Repository.Root, Path.GetDirectoryName(path)!, mount)), $"{name}: {mount} is not there");
        }
        Assert.Equal(volumes.Keys.Order(StringComparer.Ordinal), services.Values.SelectMany(service => service.List("volumes")).Select(one => one.ToString().Split(':')[0]).Where(one => one[0] is not ('.' or '$')).Distinct().Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("silo")]
    [InlineData("gateway")]
    [InlineData("cli")]
    public void Settings_OfAHost_AreOptionsWithAllowedValues(string host)
    {
        var service = Service(host);
        var settings = service.Map("environment").ToDictionary(one => one.Key, one => Rendered(one.Value.ToString()), StringComparer.Ordinal);
        foreach (var (name, value) in DockerFile.Of(host).Environment)
            settings.TryAdd(name, value);
        if (settings.TryGetValue("AGENTREC_Cluster__Address", out var network))
        {
            // This machine has no address in the containers' network; loopback is a network in which it has one.
            Assert.Equal(network, Yaml.Read(Cluster)[0].List("networks", "default", "ipam", "config")[0].Text("subnet"));
            settings["AGENTREC_Cluster__Address"] = "127.0.0.0/8";
        }

        Assert.Empty(BoundOptions.Problems(host, settings));
        Assert.Equal($"agentrec-{host}", service.Text("image"));
        Assert.Equal(Path.Combine("infra", "docker", $"{host}.Dockerfile"), service.Text("build", "dockerfile"));
        Assert.Equal("..", service.Text("build", "context"));
    }

    [Fact]
    public void Variables_ThatHoldSecrets_HaveNoDefault()
    {
        var secrets = Yaml.Read(Cluster)[0].Map("services").Values.SelectMany(service => service.Map("environment"))
            .Where(one => Secret().IsMatch(one.Key)).Select(one => one.Value.ToString()).ToArray();

        Assert.True(secrets.Length >= 5);
        // Every one comes from outside, and but for the optional key of the commands the file is refused without it.
        Assert.All(secrets, value => Assert.Matches(@"^[^$]*\$\{[A-Z_]+(:\?.*|:-)\}$", value));
        Assert.All(secrets.Where(value => value.Contains(":-", StringComparison.Ordinal)), value => Assert.Equal("${AGENTREC_API_KEY:-}", value));
    }

    [Theory]
    [InlineData("silo")]
    [InlineData("gateway")]
    public void HealthCheck_AsksThePortOfTheImage(string host)
    {
        var port = new Uri(DockerFile.Of(host).EntryPoint[^1]).Port;
        var test = Service(host).List("healthcheck", "test").Select(one => one.ToString()).Last();

        Assert.Contains($"/dev/tcp/127.0.0.1/{port} ", test, StringComparison.Ordinal);
        Assert.Contains("GET /health/ready HTTP/1.0\\r\\n\\r\\n", test, StringComparison.Ordinal);
        Assert.True(Seconds(Service(host).Text("stop_grace_period")) > SiloApplication.StopLimit.TotalSeconds);
    }

    [Fact]
    public void Addresses_LeadToServicesAndTheirPorts()
    {
        var collector = Yaml.Read("infra/observability/collector.yaml")[0];
        var otlp = new Uri(Rendered(Service("silo").Text("environment", "OTEL_EXPORTER_OTLP_ENDPOINT")));
        var target = Yaml.Read("infra/observability/prometheus.yaml")[0].List("scrape_configs")[0].List("static_configs")[0].List("targets")[0].ToString().Split(':');
        var grafana = new Uri(Yaml.Read("infra/observability/grafana/datasources.yaml")[0].List("datasources")[0].Text("url"));

        Assert.Equal(("collector", Port(collector.Text("receivers", "otlp", "protocols", "grpc", "endpoint"))), (otlp.Host, $"{otlp.Port}"));
        Assert.Equal(("collector", Port(collector.Text("exporters", "prometheus", "endpoint"))), (target[0], target[1]));
        Assert.Equal(("prometheus", 9090), (grafana.Host, grafana.Port));
        Assert.Equal(Service("qdrant").Text("image"), Yaml.Read("infra/qdrant/compose.yaml")[0].Text("services", "qdrant", "image"));
        Assert.Equal("127.0.0.1:5080:5080", Rendered(Assert.Single(Service("gateway").List("ports")).ToString()));

        static string Port(string endpoint) => endpoint.Split(':')[1];
    }

    [Fact]
    public void Collector_UsesWhatItDefines()
    {
        var file = Yaml.Read("infra/observability/collector.yaml")[0];
        var pipelines = file.Map("service", "pipelines");

        Assert.Equal(["logs", "metrics", "traces"], pipelines.Keys.Order(StringComparer.Ordinal));
        foreach (var kind in (string[])["receivers", "processors", "exporters"])
            Assert.Equal(file.Map(kind).Keys.Order(StringComparer.Ordinal), pipelines.Values.SelectMany(one => one.List(kind)).Select(one => one.ToString()).Distinct().Order(StringComparer.Ordinal));
    }

    private static YamlNode Service(string name) => Yaml.Read(Cluster)[0].Map("services")[name];

    /// <summary>A text as compose would read it where the environment holds no more than it must.</summary>
    private static string Rendered(string text) => Variable().Replace(text, static match => match.Groups["must"].Success ? "given" : match.Groups["default"].Value);

    private static double Seconds(string text) => double.Parse(text.TrimEnd('s'), System.Globalization.CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\$\{[A-Z_]+(:-(?<default>[^}]*)|(?<must>:\?[^}]*))\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Variable();

    [GeneratedRegex("PASSWORD$|KEY$|ApiKey$|ConnectionString$", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Secret();
}
