namespace AgentRec.Grains.Tenants;

/// <summary>What is wrong with what is stored of a tenant.</summary>
/// <param name="Reason">What it is.</param>
/// <param name="At">When it was found, as a timestamp of the machine's clock: the tenant is left alone for a while.</param>
internal sealed record TenantFault(string Reason, long At);
