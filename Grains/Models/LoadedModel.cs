using AgentRec.Recommenders;

namespace AgentRec.Grains.Models;

/// <summary>A model that is loaded and was tried.</summary>
/// <param name="Version">Its version.</param>
/// <param name="Model">The model.</param>
internal sealed record LoadedModel(string Version, RecommenderModel Model);
