using AgentRec.Grains.Abstractions.Access;

namespace AgentRec.Gateway.Access;

/// <summary>Who may make a call.</summary>
/// <param name="Needs">The scope; <see cref="AccessScopes.None"/> for a call that anybody may make.</param>
/// <param name="UsesCatalogue">True for a call that makes no sense without a catalogue and a model, which only the gateway's own tenant has.</param>
internal sealed record CallRule(AccessScopes Needs, bool UsesCatalogue)
{
    /// <summary>True for the call that takes a turn, which tenants have terms of their own for.</summary>
    public bool IsTurn { get; init; }

    /// <summary>True for pages: a browser is asked for a password, and the key is taken as one.</summary>
    public bool AsksBrowsers { get; init; }
}
