using AgentRec.Grains.Abstractions.Access;

namespace AgentRec.Gateway.Access;

/// <summary>Who makes a request.</summary>
/// <param name="Tenant">The tenant that the request belongs to.</param>
/// <param name="Scopes">What the caller may do.</param>
internal sealed record Caller(string Tenant, AccessScopes Scopes);
