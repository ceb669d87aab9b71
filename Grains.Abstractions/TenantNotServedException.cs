namespace AgentRec.Grains.Abstractions;

/// <summary>The tenant has no model that is served: there is nothing to recommend with. Repeating the call helps only when there is one.</summary>
[GenerateSerializer, Alias("agentrec.TenantNotServedException")]
public sealed class TenantNotServedException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is missing, and what to do.</param>
    public TenantNotServedException(string message)
        : base(message)
    {
    }
}
