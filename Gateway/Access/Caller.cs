using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Access;

namespace AgentRec.Gateway.Access;

/// <summary>Who makes a request.</summary>
/// <param name="Tenant">The tenant that the request belongs to.</param>
/// <param name="Scopes">What the caller may do.</param>
internal sealed record Caller(string Tenant, AccessScopes Scopes)
{
    /// <summary>True for whom the cluster is: who has its keys and silos in view, and not only those of a tenant.</summary>
    public bool IsOperator { get; init; } = string.Equals(Tenant, Identifier.DefaultTenant, StringComparison.Ordinal);
}
