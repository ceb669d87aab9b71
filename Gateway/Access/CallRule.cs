using AgentRec.Grains.Abstractions.Access;

namespace AgentRec.Gateway.Access;

/// <summary>Who may make a call.</summary>
/// <param name="Needs">The scope; <see cref="AccessScopes.None"/> for a call that anybody may make.</param>
internal sealed record CallRule(AccessScopes Needs)
{
    /// <summary>True for a call that tells of all tenants, for which the operator's own is needed.</summary>
    public bool IsOperators { get; init; }

    /// <summary>True for the call that takes a turn, which tenants have terms of their own for.</summary>
    public bool IsTurn { get; init; }

    /// <summary>True for pages: a browser is asked for a password, and the key is taken as one.</summary>
    public bool AsksBrowsers { get; init; }
}
