namespace AgentRec.Negotiation.Protocol;

/// <summary>Hears every step of a negotiation as it happens.</summary>
public interface INegotiationObserver
{
    /// <summary>Something happened.</summary>
    /// <param name="step">What.</param>
    void On(NegotiationEvent step);
}

/// <summary>An observer that does not listen.</summary>
public sealed class Unobserved : INegotiationObserver
{
    /// <summary>The only instance.</summary>
    public static Unobserved Instance { get; } = new();

    private Unobserved()
    {
    }

    /// <inheritdoc/>
    public void On(NegotiationEvent step)
    {
    }
}
