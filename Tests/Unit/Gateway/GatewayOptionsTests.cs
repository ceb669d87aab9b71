using AgentRec.Gateway;

namespace AgentRec.Tests.Unit.Gateway;

public sealed class GatewayOptionsTests
{
    [Fact]
    public void Validate_Defaults_AreValid() =>
        Assert.True(new GatewayOptionsValidation().Validate(null, new GatewayOptions()).Succeeded);

    [Fact]
    public void Validate_AnyTenant_IsValid() =>
        Assert.True(new GatewayOptionsValidation().Validate(null, new GatewayOptions { Tenant = "acme" }).Succeeded);

    [Fact]
    public void Validate_SeveralWrong_NamesEachWithValueAndRange()
    {
        var result = new GatewayOptionsValidation().Validate(null, new GatewayOptions { Tenant = "", Attempts = 0, MaximumBulkBodyBytes = 1_024 });
        Assert.Equal(
            [
                "Gateway:Tenant must not be empty.", "Gateway:MaximumBulkBodyBytes is 1024; it must be from 262144 to 268435456.",
                "Gateway:Attempts is 0; it must be from 1 to 10.",
            ],
            result.Failures!);
    }
}
