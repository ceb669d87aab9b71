using System.Collections.Immutable;

namespace AgentRec.Grains.Abstractions.Operations;

/// <summary>Says how a silo is: any of them, the caller's own first. Key: <see cref="Keys.GrainKey.Tenant"/>.</summary>
[Alias("agentrec.ISiloStatusGrain")]
public interface ISiloStatusGrain : IGrainWithStringKey
{
    /// <summary>Says how the silo is that answers.</summary>
    [Alias("Describe"), AnyRoute]
    Task<SiloReport> Describe();
}

/// <summary>How a silo is.</summary>
/// <param name="Silo">The silo's name.</param>
/// <param name="Model">The version of the model that it serves the asking tenant with; null where it serves none.</param>
/// <param name="Missing">Why it cannot serve turns, a sentence each; empty when it can.</param>
/// <param name="Notes">What an operator should know although it can, a sentence each.</param>
/// <param name="Build">The version of its program; null from a build that did not say so yet.</param>
/// <param name="Tenants">The tenants that it holds something of, by name; null from a build that served one alone.</param>
[GenerateSerializer, Immutable, Alias("agentrec.SiloReport")]
public sealed record SiloReport(
    [property: Id(0)] string Silo, [property: Id(1)] string? Model, [property: Id(2)] ImmutableArray<string> Missing, [property: Id(3)] ImmutableArray<string> Notes,
    [property: Id(4)] string? Build, [property: Id(5)] ImmutableArray<TenantReport>? Tenants);

/// <summary>What a silo serves a tenant with.</summary>
/// <param name="Tenant">The tenant.</param>
/// <param name="Model">The version of the model; null where it serves none.</param>
/// <param name="Items">How many items the silo knows of the tenant.</param>
[GenerateSerializer, Immutable, Alias("agentrec.TenantReport")]
public sealed record TenantReport([property: Id(0)] string Tenant, [property: Id(1)] string? Model, [property: Id(2)] int Items);
