using System.Collections.Frozen;
using AgentRec.Grains.Abstractions.Access;

namespace AgentRec.Gateway.Access;

/// <summary>Who may do what: every call of the API, by its operation id. A call that is not here stops the start.</summary>
internal static class AccessTable
{
    private static readonly FrozenDictionary<string, CallRule> Rules = new Dictionary<string, CallRule>(StringComparer.Ordinal)
    {
        ["openSession"] = new(AccessScopes.Sessions, UsesCatalogue: true),
        ["getSession"] = new(AccessScopes.Sessions, UsesCatalogue: false),
        ["closeSession"] = new(AccessScopes.Sessions, UsesCatalogue: false),
        ["takeTurn"] = new(AccessScopes.Sessions, UsesCatalogue: false) { IsTurn = true },
        ["followTurn"] = new(AccessScopes.Sessions, UsesCatalogue: false),
        ["giveFeedback"] = new(AccessScopes.Sessions, UsesCatalogue: false),
        ["getMemory"] = new(AccessScopes.Sessions, UsesCatalogue: false),
        ["correctMemory"] = new(AccessScopes.Sessions, UsesCatalogue: false),
        ["forgetMemory"] = new(AccessScopes.Sessions, UsesCatalogue: false),

        ["recordInteractions"] = new(AccessScopes.Ingest, UsesCatalogue: true),
        ["putItems"] = new(AccessScopes.Ingest, UsesCatalogue: true),

        ["getItem"] = new(AccessScopes.Read, UsesCatalogue: true),
        ["listPolicies"] = new(AccessScopes.Read, UsesCatalogue: false),
        ["getPolicy"] = new(AccessScopes.Read, UsesCatalogue: false),
        ["listModels"] = new(AccessScopes.Read, UsesCatalogue: true),
        ["verifyErasureReceipt"] = new(AccessScopes.Read, UsesCatalogue: false),
        ["getCertificate"] = new(AccessScopes.Read, UsesCatalogue: false),
        ["verifyCertificate"] = new(AccessScopes.Read, UsesCatalogue: false),

        ["putPolicy"] = new(AccessScopes.Admin, UsesCatalogue: false),
        ["activateModel"] = new(AccessScopes.Admin, UsesCatalogue: true),
        // Of the whole cluster, which is no business of tenants that it does not serve.
        ["getCluster"] = new(AccessScopes.Admin, UsesCatalogue: true),
        // With windows, which can betray what others are shown.
        ["exportUser"] = new(AccessScopes.Admin, UsesCatalogue: false),
        ["eraseUser"] = new(AccessScopes.Admin, UsesCatalogue: false),
        ["getWindow"] = new(AccessScopes.Admin, UsesCatalogue: false),
        ["createAccessKey"] = new(AccessScopes.Admin, UsesCatalogue: false),
        ["listAccessKeys"] = new(AccessScopes.Admin, UsesCatalogue: false),
        ["revokeAccessKey"] = new(AccessScopes.Admin, UsesCatalogue: false),

        // With these anybody checks a certificate's signature.
        ["listKeys"] = new(AccessScopes.None, UsesCatalogue: false),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The operation ids of all calls.</summary>
    public static IEnumerable<string> Operations => Rules.Keys;

    /// <summary>Finds the rule of a call.</summary>
    /// <param name="operationId">The call.</param>
    /// <exception cref="InvalidOperationException">The call is not in the table.</exception>
    public static CallRule Of(string? operationId) =>
        operationId is not null && Rules.TryGetValue(operationId, out var rule)
            ? rule
            : throw new InvalidOperationException($"The call '{operationId}' has no rule: say in {nameof(AccessTable)} who may make it.");
}
