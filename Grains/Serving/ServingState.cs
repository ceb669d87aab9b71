using AgentRec.Grains.Abstractions.Vectors;
using AgentRec.Recommenders;

namespace AgentRec.Grains.Serving;

/// <summary>What a silo serves a tenant with at one moment: catalogue and model belong together.</summary>
/// <param name="Tenant">The tenant.</param>
/// <param name="Catalogue">The catalogue, with the strata of the model's training data.</param>
/// <param name="Model">The model; null until one is loaded.</param>
/// <param name="Version">The model's version; empty until one is loaded.</param>
public sealed record ServingState(string Tenant, Catalogue Catalogue, RecommenderModel? Model, string Version)
{
    /// <summary>True when turns can be served.</summary>
    public bool IsReady => Model is not null;

    /// <summary>The collection of the model's vectors.</summary>
    public VectorCollection Collection => new(Tenant, Version);

    /// <summary>The model.</summary>
    /// <exception cref="InvalidOperationException">None is loaded: turns are not admitted before.</exception>
    public RecommenderModel Required => Model ?? throw new InvalidOperationException("No model is loaded; sessions admit no turn before there is one.");
}
