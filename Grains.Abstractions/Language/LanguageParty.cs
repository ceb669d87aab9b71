namespace AgentRec.Grains.Abstractions.Language;

/// <summary>For whom a language model is asked. Budgets go by it; none of it leaves the cluster.</summary>
/// <param name="Tenant">The tenant, whose budget is spent.</param>
/// <param name="UserId">The user, whose id is replaced wherever it was said.</param>
/// <param name="SessionId">The session, whose id is replaced likewise.</param>
public sealed record LanguageParty(string Tenant, string UserId, string SessionId);
