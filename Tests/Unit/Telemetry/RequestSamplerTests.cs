using System.Diagnostics;
using AgentRec.Telemetry;
using OpenTelemetry.Trace;

namespace AgentRec.Tests.Unit.Telemetry;

public sealed class RequestSamplerTests
{
    [Theory]
    [InlineData(RequestSampler.Request, 1, SamplingDecision.RecordAndSample)]
    [InlineData(RequestSampler.Request, 0, SamplingDecision.Drop)]
    [InlineData("IUserAgent/Record", 1, SamplingDecision.Drop)]
    [InlineData("postgresql", 1, SamplingDecision.Drop)]
    public void ShouldSample_SpanWithoutParent_FollowsRequestsOnly(string name, double ratio, SamplingDecision expected)
    {
        var parameters = new SamplingParameters(default, ActivityTraceId.CreateFromString("0123456789abcdef0123456789abcdef"), name, ActivityKind.Server, null, null);

        Assert.Equal(expected, new RequestSampler(ratio).ShouldSample(parameters).Decision);
    }
}
