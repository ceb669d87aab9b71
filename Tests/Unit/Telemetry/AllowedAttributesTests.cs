using System.Diagnostics;
using AgentRec.Telemetry;

namespace AgentRec.Tests.Unit.Telemetry;

public sealed class AllowedAttributesTests
{
    [Fact]
    public void OnEnd_UnknownAttributesAndDescription_AreTakenAway()
    {
        using var span = new Activity("GET /v1/users/{id}/memory").Start();
        span.SetTag("http.route", "/v1/users/{id}/memory").SetTag("url.path", "/v1/users/u-7/memory").SetTag("orleans.rpc.target_id", "user/u-7");
        span.SetStatus(ActivityStatusCode.Error, "user u-7 is away");

        using var allowed = new AllowedAttributes();
        allowed.OnEnd(span);

        Assert.Equal(["http.route"], span.TagObjects.Select(tag => tag.Key));
        Assert.Equal((ActivityStatusCode.Error, null), (span.Status, span.StatusDescription));
    }
}
