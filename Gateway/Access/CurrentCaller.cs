using AgentRec.Grains.Abstractions.Access;
using Microsoft.Extensions.Options;

namespace AgentRec.Gateway.Access;

/// <summary>The caller of the request at hand. Until one is known it is nobody, in the gateway's own tenant: that suffices for public calls.</summary>
/// <param name="options">Names the tenant.</param>
internal sealed class CurrentCaller(IOptions<GatewayOptions> options)
{
    /// <summary>Who calls.</summary>
    public Caller Caller { get; set; } = new(options.Value.Tenant, AccessScopes.None);
}
