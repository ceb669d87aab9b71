namespace AgentRec.Grains.Abstractions.Models;

/// <summary>That a model became the active one.</summary>
/// <param name="Number">Counts the activations of a tenant, from 1; the greatest is in force.</param>
/// <param name="Version">The model.</param>
/// <param name="At">When; null where the build that did it recorded none.</param>
/// <param name="Cause">What did it.</param>
[GenerateSerializer, Immutable, Alias("agentrec.ModelActivation")]
public sealed record ModelActivation(
    [property: Id(0)] long Number, [property: Id(1)] string Version, [property: Id(2)] DateTimeOffset? At, [property: Id(3)] ActivationCause Cause);

/// <summary>What made a model the active one.</summary>
[GenerateSerializer, Alias("agentrec.ActivationCause")]
public enum ActivationCause
{
    /// <summary>It was trained.</summary>
    Train,

    /// <summary>It was named, and had never been active.</summary>
    Request,

    /// <summary>It was named, and had been active before.</summary>
    Rollback,

    /// <summary>It was named or trained, and is worse than allowed: the caller insisted.</summary>
    Forced,

    /// <summary>It is the active one, fitted again without a user who was erased.</summary>
    Erasure,
}
