using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace AgentRec.Telemetry;

/// <summary>
/// Sends traces, metrics and logs of a host over OTLP. Nothing is collected, and nothing listens, unless <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>
/// is set; protocol, headers and intervals follow the other variables of the OpenTelemetry specification, and
/// <c>OTEL_TRACES_SAMPLER_ARG</c> is the part of requests that are traced.
/// </summary>
public static class OtlpExport
{
    /// <summary>The variable that names the collector and turns everything on.</summary>
    public const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private const string Sampled = "OTEL_TRACES_SAMPLER_ARG";

    // What happened within a span may quote a message, and with it an id: spans carry no events.
    private const string SpanEvents = "OTEL_SPAN_EVENT_COUNT_LIMIT";

    /// <summary>True when the host is to export: calls between processes carry their trace then.</summary>
    /// <param name="configuration">The host's configuration.</param>
    public static bool IsOn(IConfiguration configuration) => !string.IsNullOrWhiteSpace(configuration[Endpoint]);

    /// <summary>Exports what the host does, where an endpoint is set.</summary>
    /// <param name="builder">The host.</param>
    /// <param name="service">What the process is called, unless <c>OTEL_SERVICE_NAME</c> says otherwise.</param>
    /// <returns>The host, for further calls.</returns>
    public static IHostApplicationBuilder AddOtlpExport(this IHostApplicationBuilder builder, string service)
    {
        if (!IsOn(builder.Configuration))
            return builder;
        var ratio = Ratio(builder.Configuration[Sampled]);
        builder.Configuration.AddInMemoryCollection([new(SpanEvents, "0")]);
        builder.Logging.AddOpenTelemetry(static logs => (logs.IncludeFormattedMessage, logs.IncludeScopes) = (true, false));
        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(service, serviceVersion: Version).AddEnvironmentVariableDetector())
            .WithTracing(traces => Trace(traces, ratio))
            .WithMetrics(Measure)
            .UseOtlpExporter();
        return builder;
    }

    private static string Version => typeof(OtlpExport).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    private static double Ratio(string? text) =>
        text is null ? 1
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var ratio) && ratio is >= 0 and <= 1 ? ratio
        : throw new OptionsValidationException(Sampled, typeof(OtlpExport), [$"{Sampled} is '{text}': it must be a number from 0 to 1."]);

    private static void Trace(TracerProviderBuilder traces, double ratio) => traces
        .SetSampler(new ParentBasedSampler(new RequestSampler(ratio)))
        .AddSource(TraceSources.All)
        .AddAspNetCoreInstrumentation(static requests => requests.Filter = static context => !context.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal))
        .AddHttpClientInstrumentation()
        .AddProcessor(new AllowedAttributes());

    private static void Measure(MeterProviderBuilder metrics) => metrics
        .AddMeter(MetricSources.All)
        .AddView(MetricSources.View);
}
