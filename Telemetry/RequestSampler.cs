using OpenTelemetry.Trace;

namespace AgentRec.Telemetry;

/// <summary>
/// Traces begin with HTTP requests: what silos do by themselves, such as handing on what was counted or looking who is alive, begins
/// none, nor does a call that comes of a request that is not followed. Of requests the given part is followed, with all they lead to.
/// </summary>
/// <param name="ratio">The part of requests, from 0 to 1.</param>
internal sealed class RequestSampler(double ratio) : Sampler
{
    /// <summary>What ASP.NET Core calls the span of a request while it begins.</summary>
    internal const string Request = "Microsoft.AspNetCore.Hosting.HttpRequestIn";

    private readonly TraceIdRatioBasedSampler _part = new(ratio);

    /// <inheritdoc/>
    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters) =>
        string.Equals(samplingParameters.Name, Request, StringComparison.Ordinal) ? _part.ShouldSample(samplingParameters) : new SamplingResult(SamplingDecision.Drop);
}
