using System.Runtime.CompilerServices;
using System.Text.Json;
using AgentRec.Grains.Telemetry;
using AgentRec.LanguageModel;
using AgentRec.Silo.Telemetry;
using AgentRec.Storage.Telemetry;
using AgentRec.Telemetry;
using AgentRec.Tests.Cluster;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;

namespace AgentRec.Tests.Deployment;

/// <summary>The dashboard and the alerts read what a silo really measures.</summary>
[Collection(SiloCollection.Name), Trait("Category", "Cluster")]
public sealed class MetricTests(SiloFixture silo)
{
    private const string Dashboard = "infra/observability/grafana/agentrec.json";
    private const string Alerts = "infra/observability/alerts.yaml";

    [Fact]
    public async Task DashboardAndAlerts_ReadOnlyWhatIsMeasured()
    {
        var gauges = ActivatorUtilities.CreateInstance<SiloGauges>(silo.Services);
        RuntimeHelpers.RunClassConstructor(typeof(AgentInstruments).TypeHandle);
        RuntimeHelpers.RunClassConstructor(typeof(StoreInstruments).TypeHandle);
        RuntimeHelpers.RunClassConstructor(typeof(LanguageInstruments).TypeHandle);
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var web = builder.Build();
        await web.StartAsync();

        var measured = Instruments.Names(static instrument =>
            MetricSources.All.Any(meter => meter.EndsWith('*') ? instrument.Meter.Name.StartsWith(meter[..^1], StringComparison.Ordinal) : instrument.Meter.Name == meter)
            && MetricSources.View(instrument) != MetricStreamConfiguration.Drop);
        var read = Expressions().SelectMany(one => Instruments.Read(one.Expression).Select(metric => (one.Where, metric))).ToArray();
        GC.KeepAlive(gauges);

        Assert.True(read.Length > 40);
        Assert.Empty(read.Where(one => !measured.Contains(one.metric)).Select(one => $"{one.Where}: {one.metric}").Distinct());
        // Whatever the project measures itself is shown.
        var shown = read.Select(one => Bare(one.metric)).ToHashSet(StringComparer.Ordinal);
        Assert.Empty(measured.Where(metric => metric.StartsWith("agentrec_", StringComparison.Ordinal)).Select(Bare).Distinct().Except(shown));
    }

    [Fact]
    public void Dashboard_HasPanelsThatDoNotOverlap()
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, Dashboard)));
        var panels = json.RootElement.GetProperty("panels").EnumerateArray().Select(panel => panel.Clone()).ToArray();
        var source = Yaml.Read("infra/observability/grafana/datasources.yaml")[0].List("datasources")[0].Text("uid");

        Assert.Equal(panels.Length, panels.Select(panel => panel.GetProperty("id").GetInt32()).Distinct().Count());
        Assert.All(panels, panel => Assert.Equal(source, panel.GetProperty("datasource").GetProperty("uid").GetString()));
        var taken = new HashSet<(int, int)>();
        foreach (var place in panels.Select(panel => panel.GetProperty("gridPos")))
        {
            for (var x = 0; x < place.GetProperty("w").GetInt32(); x++)
            {
                for (var y = 0; y < place.GetProperty("h").GetInt32(); y++)
                    Assert.True(taken.Add((place.GetProperty("x").GetInt32() + x, place.GetProperty("y").GetInt32() + y)), $"{place} is taken");
            }
        }
        Assert.All(taken, cell => Assert.InRange(cell.Item1, 0, 23));
    }

    [Fact]
    public void Alerts_SayWhatToDo()
    {
        var rules = Rules().ToArray();

        Assert.NotEmpty(rules);
        Assert.Equal(rules.Length, rules.Select(rule => rule.Text("alert")).Distinct(StringComparer.Ordinal).Count());
        Assert.All(rules, rule =>
        {
            Assert.Equal(["alert", "annotations", "expr", "for", "labels"], ((YamlDotNet.RepresentationModel.YamlMappingNode)rule).Children.Keys.Select(key => key.ToString()).Order(StringComparer.Ordinal));
            Assert.Contains(rule.Text("labels", "severity"), (string[])["page", "ticket"]);
            Assert.NotEmpty(rule.Text("annotations", "summary"));
            Assert.NotEmpty(rule.Text("annotations", "action"));
            Assert.Matches("^[0-9]+m$", rule.Text("for"));
            Assert.Equal(rule.Text("expr").Count(one => one == '('), rule.Text("expr").Count(one => one == ')'));
        });
    }

    [Theory]
    [InlineData("sum by (outcome) (rate(a_total[5m])) / max(b{c=\"d\"}) > 0.5", "a_total b")]
    [InlineData("histogram_quantile(0.95, sum by (le, tool) (rate(a_seconds_bucket[$__rate_interval])))", "a_seconds_bucket")]
    [InlineData("absent(a) or count(count by (version) (b == 1)) > 1", "a b")]
    public void Expression_Read_GivesItsMetrics(string expression, string metrics) => Assert.Equal(metrics.Split(' '), Instruments.Read(expression));

    private static IEnumerable<(string Where, string Expression)> Expressions()
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, Dashboard)));
        return
        [
            .. json.RootElement.GetProperty("panels").EnumerateArray().SelectMany(panel => panel.GetProperty("targets").EnumerateArray().Select(target => (panel.GetProperty("title").GetString()!, target.GetProperty("expr").GetString()!))),
            .. Rules().Select(rule => (rule.Text("alert"), rule.Text("expr"))),
        ];
    }

    private static IEnumerable<YamlDotNet.RepresentationModel.YamlNode> Rules() => Yaml.Read(Alerts)[0].List("groups").SelectMany(group => group.List("rules"));

    private static string Bare(string metric) => metric.Replace("_bucket", "", StringComparison.Ordinal).Replace("_sum", "", StringComparison.Ordinal).Replace("_count", "", StringComparison.Ordinal);
}
