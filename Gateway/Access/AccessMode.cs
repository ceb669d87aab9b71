namespace AgentRec.Gateway.Access;

/// <summary>Who is served.</summary>
public enum AccessMode
{
    /// <summary>As <see cref="Open"/> while no access key was ever made, no tokens are configured and every address is loopback; else <see cref="Closed"/>.</summary>
    Auto,

    /// <summary>Callers on the node's own machine, with every scope and without a key; nobody else. For development.</summary>
    Open,

    /// <summary>Callers with an access key or a token.</summary>
    Closed,
}
