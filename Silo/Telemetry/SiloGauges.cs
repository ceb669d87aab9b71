using System.Diagnostics.Metrics;
using AgentRec.Grains.Serving;
using AgentRec.Grains.Tools;
using Microsoft.Extensions.Hosting;

namespace AgentRec.Silo.Telemetry;

/// <summary>What the silo is like at the moment when somebody asks: its model, its readiness, and the tools that rest.</summary>
internal sealed class SiloGauges : IHostedService
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "AgentRec.Silo";

    /// <summary>Makes the gauges; they are read for as long as the factory lives.</summary>
    /// <param name="meters">Makes the meter.</param>
    /// <param name="serving">What is served.</param>
    /// <param name="readiness">Whether turns can be served.</param>
    /// <param name="tools">The tools' circuits.</param>
    public SiloGauges(IMeterFactory meters, ServingHost serving, SiloReadiness readiness, ToolPipelines tools)
    {
        var meter = meters.Create(MeterName);
        meter.CreateObservableGauge("agentrec.silo.ready", () => readiness.Reasons.Count == 0 ? 1 : 0, description: "1 when the silo can serve turns.");
        meter.CreateObservableGauge("agentrec.silo.notes", () => readiness.Notes.Count, description: "Notes of the silo that an operator should read.");
        meter.CreateObservableGauge(
            "agentrec.model.serving", () => new Measurement<int>(1, new KeyValuePair<string, object?>("version", serving.Current.Version)), description: "1 for the model version that is served.");
        meter.CreateObservableGauge("agentrec.catalogue.items", () => serving.Current.Catalogue.Count, "{item}", "Items that the silo knows.");
        meter.CreateObservableGauge(
            "agentrec.tool.resting",
            () => tools.States.Select(state => new Measurement<int>(state.IsResting ? 1 : 0, new KeyValuePair<string, object?>("tool", state.Tool))),
            description: "1 while a tool is left alone after failures.");
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
