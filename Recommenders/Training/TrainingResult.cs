using System.Collections.Immutable;
using AgentRec.Recommenders.Blending;

namespace AgentRec.Recommenders.Training;

/// <summary>A trained model and how it came about.</summary>
/// <param name="Model">The model, fitted on all data.</param>
/// <param name="Stages">Each scorer and the blend, in the order of training.</param>
/// <param name="Reliability">How the calibration does on the held-out tail it was fitted to.</param>
public sealed record TrainingResult(RecommenderModel Model, ImmutableArray<TrainingStage> Stages, Reliability Reliability);

/// <summary>What one scorer, or the blend, took and reached.</summary>
/// <param name="Name">The model's name.</param>
/// <param name="Parameters">The parameters chosen.</param>
/// <param name="ValidationNdcg">NDCG@10 on the held-out tail with a model that had not seen it.</param>
/// <param name="FitSeconds">The time of choosing and of the final fit; not repeatable.</param>
public sealed record TrainingStage(string Name, ImmutableSortedDictionary<string, double> Parameters, double ValidationNdcg, double FitSeconds);
