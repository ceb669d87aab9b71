using System.Diagnostics.Metrics;
using AgentRec.Grains.Telemetry;
using AgentRec.Grains.Tenants;
using AgentRec.Grains.Tools;
using Microsoft.Extensions.Hosting;

namespace AgentRec.Silo.Telemetry;

/// <summary>What the silo is like at the moment when somebody asks: its tenants' models, its readiness, and the tools that rest.</summary>
internal sealed class SiloGauges : IHostedService
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "AgentRec.Silo";

    /// <summary>Makes the gauges; they are read for as long as the factory lives.</summary>
    /// <param name="meters">Makes the meter.</param>
    /// <param name="tenants">What is served.</param>
    /// <param name="readiness">Whether turns can be served.</param>
    /// <param name="tools">The tools' circuits.</param>
    public SiloGauges(IMeterFactory meters, ServedTenants tenants, SiloReadiness readiness, ToolPipelines tools)
    {
        var meter = meters.Create(MeterName);
        meter.CreateObservableGauge("agentrec.silo.ready", () => readiness.Reasons.Count == 0 ? 1 : 0, description: "1 when the silo can serve turns.");
        meter.CreateObservableGauge("agentrec.silo.notes", () => readiness.Notes.Count, description: "Notes of the silo that an operator should read.");
        meter.CreateObservableGauge("agentrec.model.serving", () => Serving(tenants), "{tenant}", "Tenants that a model version is served to.");
        meter.CreateObservableGauge("agentrec.catalogue.items", () => Items(tenants), "{item}", "Items that the silo knows, by tenant.");
        meter.CreateObservableGauge(
            "agentrec.tool.resting",
            () => tools.States.Select(state => new Measurement<int>(state.IsResting ? 1 : 0, new KeyValuePair<string, object?>("tool", state.Tool))),
            description: "1 while a tool is left alone after failures.");
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // Tenants beyond those told apart share a line: so many versions would be as many lines.
    private static IEnumerable<Measurement<int>> Serving(ServedTenants tenants) => tenants.All
        .Where(tenant => tenant.Serving.Current.IsReady)
        .Select(tenant => (Name: AgentInstruments.Tenants.Of(tenant.Name), tenant.Serving.Current.Version))
        .GroupBy(one => one.Name == BoundedNames.Others ? one with { Version = BoundedNames.Others } : one)
        .Select(line => new Measurement<int>(line.Count(), Tag("tenant", line.Key.Name), Tag("version", line.Key.Version)));

    private static IEnumerable<Measurement<int>> Items(ServedTenants tenants) => tenants.All
        .GroupBy(tenant => AgentInstruments.Tenants.Of(tenant.Name), StringComparer.Ordinal)
        .Select(line => new Measurement<int>(line.Sum(tenant => tenant.Serving.Current.Catalogue.Count), Tag("tenant", line.Key)));

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);
}
