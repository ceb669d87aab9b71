namespace AgentRec.Grains.Abstractions.Models;

/// <summary>The answer to a request to activate a model.</summary>
/// <param name="Status">What became of it.</param>
/// <param name="Version">The model that was asked for.</param>
/// <param name="Comparison">How the model compares with the one that was active; null where none was, or it is the same, or figures are missing.</param>
/// <param name="Reason">Why nothing was activated, and what helps; null when the model is active now.</param>
[GenerateSerializer, Immutable, Alias("agentrec.ModelActivationOutcome")]
public sealed record ModelActivationOutcome(
    [property: Id(0)] ModelActivationStatus Status,
    [property: Id(1)] string Version,
    [property: Id(2)] ModelComparison? Comparison = null,
    [property: Id(3)] string? Reason = null)
{
    /// <summary>True when the model is the active one now.</summary>
    public bool IsActive => Status is ModelActivationStatus.Activated or ModelActivationStatus.AlreadyActive;
}

/// <summary>What became of a request to activate a model.</summary>
[GenerateSerializer, Alias("agentrec.ModelActivationStatus")]
public enum ModelActivationStatus
{
    /// <summary>It is the active one now.</summary>
    Activated,

    /// <summary>It was the active one already.</summary>
    AlreadyActive,

    /// <summary>No model has this version.</summary>
    Unknown,

    /// <summary>It is worse than the active one beyond the margin.</summary>
    Refused,

    /// <summary>It cannot be loaded, or does not score.</summary>
    Unusable,
}
