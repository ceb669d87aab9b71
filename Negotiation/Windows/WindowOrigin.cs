namespace AgentRec.Negotiation.Windows;

/// <summary>What made a window hold a slate under all hard rules.</summary>
public enum WindowOrigin
{
    /// <summary>What active bounds need was reserved, and that was enough.</summary>
    AtOnce,

    /// <summary>It was doubled, once or more.</summary>
    Widened,

    /// <summary>The widest held none, and a search of the whole eligible catalogue found one.</summary>
    Searched,

    /// <summary>No slate of the whole eligible catalogue was found: rules will be relaxed.</summary>
    Infeasible,
}
