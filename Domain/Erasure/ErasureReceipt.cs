namespace AgentRec.Domain;

/// <summary>What an erasure did, to be signed and handed to whoever asked for it. The cluster keeps no copy: it names the user.</summary>
/// <param name="Id">The receipt.</param>
/// <param name="Tenant">The tenant.</param>
/// <param name="UserId">The user who was erased.</param>
/// <param name="ErasedAt">The moment: what is said to have happened before is not taken in again.</param>
/// <param name="Removed">What was deleted, by name.</param>
/// <param name="Models">How the models stand: <c>none</c> (nothing was trained), <c>unchanged</c> (the active one is without the user already),
/// <c>refitted</c> (the active one was fitted again without the user), or <c>pending</c> (it will be).</param>
/// <param name="ModelVersion">The active model; empty where there is none.</param>
public sealed record ErasureReceipt(
    string Id, string Tenant, string UserId, DateTimeOffset ErasedAt, IReadOnlyDictionary<string, long> Removed, string Models, string ModelVersion);
