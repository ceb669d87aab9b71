using System.Net;
using AgentRec.Silo.Clustering;

namespace AgentRec.Tests.Deployment;

public sealed class MachineAddressTests
{
    private static readonly IPAddress[] Machine = [.. new[] { "127.0.0.1", "::1", "10.1.2.3", "172.29.0.5", "172.29.1.5", "172.29.0.5", "fd00::7" }.Select(IPAddress.Parse)];

    [Theory]
    [InlineData("10.9.9.9", "10.9.9.9")]
    [InlineData("::1", "::1")]
    [InlineData("10.0.0.0/8", "10.1.2.3")]
    [InlineData("172.29.0.0/24", "172.29.0.5")]
    [InlineData("127.0.0.0/8", "127.0.0.1")]
    [InlineData("fd00::/8", "fd00::7")]
    [InlineData("172.29.0.0/16", null)]
    [InlineData("192.168.0.0/16", null)]
    [InlineData("silo-1", null)]
    [InlineData("", null)]
    public void Find_OfAnAddressOrNetwork_IsTheOneAddress(string text, string? address) => Assert.Equal(address, MachineAddress.Find(text, Machine)?.ToString());

    [Theory]
    [InlineData("10.1.2.3", true, true)]
    [InlineData("127.0.0.1", false, true)]
    [InlineData("127.0.0.1", true, false)]
    [InlineData("127.0.0.0/8", true, false)]
    [InlineData("nowhere", false, false)]
    public void Options_InKubernetes_NeedThePodsOwnAddress(string address, bool kubernetes, bool allowed)
    {
        var options = new MembershipOptions { Address = address, Kubernetes = kubernetes };

        Assert.Equal(allowed, !options.Validate(new(options)).Any());
    }
}
