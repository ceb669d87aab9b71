using System.Collections.Frozen;
using AgentRec.Grains.Abstractions.Access;

namespace AgentRec.Gateway.Access;

/// <summary>Who may do what: every call of the API, by its operation id. A call that is not here stops the start.</summary>
internal static class AccessTable
{
    private static readonly FrozenDictionary<string, CallRule> Rules = new Dictionary<string, CallRule>(StringComparer.Ordinal)
    {
        ["openSession"] = new(AccessScopes.Sessions),
        ["getSession"] = new(AccessScopes.Sessions),
        ["closeSession"] = new(AccessScopes.Sessions),
        ["takeTurn"] = new(AccessScopes.Sessions) { IsTurn = true },
        ["followTurn"] = new(AccessScopes.Sessions),
        ["giveFeedback"] = new(AccessScopes.Sessions),
        ["getMemory"] = new(AccessScopes.Sessions),
        ["correctMemory"] = new(AccessScopes.Sessions),
        ["forgetMemory"] = new(AccessScopes.Sessions),

        ["recordInteractions"] = new(AccessScopes.Ingest),
        ["putItems"] = new(AccessScopes.Ingest),

        ["getItem"] = new(AccessScopes.Read),
        ["listPolicies"] = new(AccessScopes.Read),
        ["getPolicy"] = new(AccessScopes.Read),
        ["listModels"] = new(AccessScopes.Read),
        ["verifyErasureReceipt"] = new(AccessScopes.Read),
        ["getCertificate"] = new(AccessScopes.Read),
        ["verifyCertificate"] = new(AccessScopes.Read),

        ["putPolicy"] = new(AccessScopes.Admin),
        ["activateModel"] = new(AccessScopes.Admin),
        // Of the whole cluster, which is its operator's business and no tenant's.
        ["getCluster"] = new(AccessScopes.Admin) { IsOperators = true },
        // With windows, which can betray what others are shown.
        ["exportUser"] = new(AccessScopes.Admin),
        ["eraseUser"] = new(AccessScopes.Admin),
        ["getWindow"] = new(AccessScopes.Admin),
        ["createAccessKey"] = new(AccessScopes.Admin),
        ["listAccessKeys"] = new(AccessScopes.Admin),
        ["revokeAccessKey"] = new(AccessScopes.Admin),

        // With these anybody checks a certificate's signature.
        ["listKeys"] = new(AccessScopes.None),
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
