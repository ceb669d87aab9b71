using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Vectors;
using AgentRec.Recommenders;

namespace AgentRec.Grains.Serving;

/// <summary>What a silo serves with at one moment: catalogue and model belong together.</summary>
/// <param name="Catalogue">The catalogue, with the strata of the model's training data.</param>
/// <param name="Model">The model; null until one is loaded.</param>
/// <param name="Version">The model's version; empty until one is loaded.</param>
public sealed record ServingState(Catalogue Catalogue, RecommenderModel? Model, string Version)
{
    /// <summary>Nothing loaded.</summary>
    public static ServingState Empty { get; } = new(Catalogue.Empty, null, "");

    /// <summary>True when turns can be served.</summary>
    public bool IsReady => Model is not null;

    /// <summary>The collection of the model's vectors.</summary>
    public VectorCollection Collection => new(Identifier.DefaultTenant, Version);

    /// <summary>The model.</summary>
    /// <exception cref="InvalidOperationException">None is loaded: turns are not admitted before.</exception>
    public RecommenderModel Required => Model ?? throw new InvalidOperationException("No model is loaded; sessions admit no turn before there is one.");
}
