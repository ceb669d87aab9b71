using System.Globalization;
using AgentRec.Silo;
using k8s;
using k8s.Models;

namespace AgentRec.Tests.Deployment;

/// <summary>The manifests for Kubernetes, read strictly into the types of its API.</summary>
public sealed class KubernetesTests
{
    private const string Folder = "infra/kubernetes";

    private static readonly IReadOnlyList<object> Objects = [.. Resources().SelectMany(file => KubernetesYaml.LoadAllFromString(File.ReadAllText(Path.Combine(Repository.Root, Folder, file)), strict: true))];

    private static readonly string[] Hosts = ["silo", "gateway"];

    public static TheoryData<string> Workloads => [.. Hosts];

    [Fact]
    public void Kustomization_NamesEveryManifest()
    {
        var files = Directory.GetFiles(Path.Combine(Repository.Root, Folder), "*.yaml").Select(Path.GetFileName).Where(file => file != "kustomization.yaml").Order(StringComparer.Ordinal);

        Assert.Equal(files, Resources().Order(StringComparer.Ordinal));
    }

    [Theory, MemberData(nameof(Workloads))]
    public void Settings_OfAWorkload_AreOptionsWithAllowedValues(string host)
    {
        var settings = Settings(host);

        Assert.Contains("AGENTREC_Store__ConnectionString", settings.Keys);
        Assert.Empty(BoundOptions.Problems(host, settings));
    }

    [Theory, MemberData(nameof(Workloads))]
    public void Probes_OfAWorkload_AskItsOwnPortAndGiveItTimeToAnswer(string host)
    {
        var container = Container(host);

        Assert.Equal(("/health/live", "/health/live", "/health/ready"), (container.StartupProbe.HttpGet.Path, container.LivenessProbe.HttpGet.Path, container.ReadinessProbe.HttpGet.Path));
        foreach (var probe in (V1Probe[])[container.StartupProbe, container.LivenessProbe, container.ReadinessProbe])
            Assert.Contains(container.Ports, port => port.Name == probe.HttpGet.Port.Value);
        // Readiness asks the cluster, for five seconds at most.
        Assert.True(container.ReadinessProbe.TimeoutSeconds > 5);
        // What is late is not ready before it is taken for dead.
        Assert.True(container.ReadinessProbe.FailureThreshold * container.ReadinessProbe.PeriodSeconds < container.LivenessProbe.FailureThreshold * container.LivenessProbe.PeriodSeconds);
        Assert.Equal(DockerFile.Of(host).Ports.Order(), container.Ports.Select(port => port.ContainerPort).Order());
    }

    [Theory, MemberData(nameof(Workloads))]
    public void Workload_IsNoRootIsNotThrottledAndKnowsItsMemory(string host)
    {
        var (pod, container) = (Pod(host), Container(host));

        Assert.True(pod.SecurityContext.RunAsNonRoot);
        Assert.True(container.SecurityContext.ReadOnlyRootFilesystem);
        Assert.False(container.SecurityContext.AllowPrivilegeEscalation);
        Assert.Equal(["ALL"], container.SecurityContext.Capabilities.Drop);
        Assert.DoesNotContain("cpu", container.Resources.Limits.Keys);
        Assert.Equal(container.Resources.Requests["memory"].ToString(), container.Resources.Limits["memory"].ToString());
        Assert.Equal($"agentrec-{host}", container.Image);
    }

    [Theory, MemberData(nameof(Workloads))]
    public void Workload_HasADisruptionBudgetAndRollsWithoutALoss(string host)
    {
        var workload = Workload(host);
        var budget = Assert.Single(Objects.OfType<V1PodDisruptionBudget>(), one => Matches(one.Spec.Selector, workload.Spec.Template.Metadata.Labels));

        Assert.Equal("1", budget.Spec.MaxUnavailable.Value);
        Assert.Equal("0", workload.Spec.Strategy.RollingUpdate.MaxUnavailable.Value);
        Assert.True(workload.Spec.Replicas > 1);
        Assert.True(Matches(workload.Spec.Selector, workload.Spec.Template.Metadata.Labels));
    }

    [Fact]
    public void Grace_IsLongerThanADrainTakes()
    {
        Assert.True(Pod("silo").TerminationGracePeriodSeconds > SiloApplication.StopLimit.TotalSeconds);
        var drain = TimeSpan.Parse(Settings("gateway")["AGENTREC_Gateway__DrainDelay"], CultureInfo.InvariantCulture);
        // The host gives open requests what is left of its own limit.
        Assert.True(Pod("gateway").TerminationGracePeriodSeconds > drain.TotalSeconds + 30);
    }

    [Fact]
    public void Silos_FindTheirPodsByLabelsAndMayListThem()
    {
        var (labels, settings) = (Workload("silo").Spec.Template.Metadata.Labels, Settings("silo"));

        Assert.Equal("agentrec", labels["orleans/serviceId"]);
        Assert.Equal(settings["AGENTREC_Cluster__Id"], labels["orleans/clusterId"]);
        Assert.Equal("true", settings["AGENTREC_Cluster__Kubernetes"]);
        Assert.True(settings.ContainsKey("POD_NAME") && settings.ContainsKey("POD_NAMESPACE"));
        Assert.DoesNotContain("ORLEANS_CLUSTER_ID", settings.Keys);
        var role = Assert.Single(Objects.OfType<V1Role>());
        var rule = Assert.Single(role.Rules);
        Assert.Equal(("pods", "get,list,watch"), (Assert.Single(rule.Resources), string.Join(',', rule.Verbs)));
        var binding = Assert.Single(Objects.OfType<V1RoleBinding>());
        Assert.Equal((role.Metadata.Name, Pod("silo").ServiceAccountName), (binding.RoleRef.Name, Assert.Single(binding.Subjects).Name));
        Assert.Contains(Objects.OfType<V1ServiceAccount>(), account => account.Metadata.Name == Pod("silo").ServiceAccountName);
        Assert.Equal((settings["AGENTREC_Silo__SiloPort"], settings["AGENTREC_Silo__ClientPort"]), (Port("silo"), Port("clients")));

        static string Port(string name) => Container("silo").Ports.Single(port => port.Name == name).ContainerPort.ToString(CultureInfo.InvariantCulture);
    }

    [Fact]
    public void Service_LeadsToAPortOfTheGateway()
    {
        var service = Assert.Single(Objects.OfType<V1Service>());

        Assert.All(service.Spec.Selector, label => Assert.Equal(label.Value, Workload("gateway").Spec.Template.Metadata.Labels[label.Key]));
        Assert.Contains(Container("gateway").Ports, port => port.Name == Assert.Single(service.Spec.Ports).TargetPort.Value);
    }

    [Fact]
    public void Network_OfSilos_LetsOnlyTheClusterIn()
    {
        var policy = Assert.Single(Objects.OfType<V1NetworkPolicy>());

        Assert.All(policy.Spec.Ingress.SelectMany(rule => rule.Ports), port => Assert.Contains(Container("silo").Ports, one => one.Name == port.Port.Value));
        var open = Assert.Single(policy.Spec.Ingress, rule => rule.FromProperty is null);
        Assert.Equal(["health"], open.Ports.Select(port => port.Port.Value));
        var members = Assert.Single(Assert.Single(policy.Spec.Ingress, rule => rule.FromProperty is not null).FromProperty).PodSelector;
        Assert.All(Hosts, host => Assert.True(Matches(new V1LabelSelector { MatchLabels = members.MatchLabels }, Workload(host).Spec.Template.Metadata.Labels)));
    }

    [Fact]
    public void Manifests_HoldNoSecret()
    {
        Assert.Empty(Objects.OfType<V1Secret>());
        foreach (var host in Hosts)
        {
            var secret = Assert.Single(Container(host).Env, one => one.Name.Contains("ConnectionString", StringComparison.Ordinal));
            Assert.NotNull(secret.ValueFrom.SecretKeyRef);
        }
    }

    private static IEnumerable<string> Resources() => Yaml.Read($"{Folder}/kustomization.yaml")[0].List("resources").Select(one => one.ToString());

    private static V1Deployment Workload(string host) => Objects.OfType<V1Deployment>().Single(one => one.Metadata.Name == $"agentrec-{host}");

    private static V1PodSpec Pod(string host) => Workload(host).Spec.Template.Spec;

    private static V1Container Container(string host) => Assert.Single(Pod(host).Containers);

    /// <summary>What the container finds in its environment; for what only the cluster knows, something of its kind.</summary>
    private static Dictionary<string, string> Settings(string host)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var source in Container(host).EnvFrom)
        {
            var map = Objects.OfType<V1ConfigMap>().Single(one => one.Metadata.Name == source.ConfigMapRef.Name);
            foreach (var (name, value) in map.Data)
                settings.Add(name, value);
        }
        foreach (var one in Container(host).Env)
            settings.Add(one.Name, one.Value ?? (one.ValueFrom.FieldRef?.FieldPath == "status.podIP" ? "10.1.2.3" : "given by the cluster"));
        foreach (var (name, value) in DockerFile.Of(host).Environment)
            settings.TryAdd(name, value);
        return settings;
    }

    private static bool Matches(V1LabelSelector selector, IDictionary<string, string> labels) =>
        selector.MatchLabels.All(label => labels.TryGetValue(label.Key, out var value) && value == label.Value);
}
