using System.Collections.Immutable;

namespace AgentRec.Grains.Abstractions.Models;

/// <summary>The models of a tenant.</summary>
/// <param name="Active">The version that is to be served; null before the first activation.</param>
/// <param name="GreatestLoss">The part of the active model's figure that another may lose without being forced.</param>
/// <param name="Models">All versions, the newest first.</param>
/// <param name="Silos">What is served where, for each silo that answered; empty when no silo was asked.</param>
[GenerateSerializer, Immutable, Alias("agentrec.ModelsView")]
public sealed record ModelsView(
    [property: Id(0)] string? Active,
    [property: Id(1)] double GreatestLoss,
    [property: Id(2)] ImmutableArray<ModelView> Models,
    [property: Id(3)] ImmutableArray<SiloModel> Silos)
{
    /// <summary>The version that was active before the one that is; null where there was none.</summary>
    public string? Before => Models
        .SelectMany(model => model.Activations)
        .Where(activation => !string.Equals(activation.Version, Active, StringComparison.Ordinal))
        .MaxBy(activation => activation.Number)?.Version;
}

/// <summary>A model.</summary>
/// <param name="Version">Its version.</param>
/// <param name="Active">True for the active one.</param>
/// <param name="AddedAt">When it was added; null where the build that did it recorded none.</param>
/// <param name="Activations">When and by what it was activated, the newest first.</param>
/// <param name="Data">What it was trained on; null when its manifest cannot be read.</param>
/// <param name="Metrics">NDCG@10 on the held-out tail by part, before the final fit.</param>
/// <param name="Served">The figure that activations are decided by; null when there is none.</param>
/// <param name="Scorers">The scorers that it blends.</param>
/// <param name="Ranking">How its ranking model was learned; null when it has none.</param>
[GenerateSerializer, Immutable, Alias("agentrec.ModelView")]
public sealed record ModelView(
    [property: Id(0)] string Version,
    [property: Id(1)] bool Active,
    [property: Id(2)] DateTimeOffset? AddedAt,
    [property: Id(3)] ImmutableArray<ModelActivation> Activations,
    [property: Id(4)] ModelData? Data,
    [property: Id(5)] ImmutableSortedDictionary<string, double> Metrics,
    [property: Id(6)] ModelFigure? Served,
    [property: Id(7)] ImmutableArray<string> Scorers,
    [property: Id(8)] string? Ranking);

/// <summary>What a model was trained on.</summary>
/// <param name="First">The oldest positive.</param>
/// <param name="Last">The newest positive.</param>
/// <param name="Items">The size of the catalogue.</param>
/// <param name="Users">Users with positives.</param>
/// <param name="Positives">Positives.</param>
/// <param name="Seed">The seed of everything random.</param>
[GenerateSerializer, Immutable, Alias("agentrec.ModelData")]
public sealed record ModelData(
    [property: Id(0)] DateTimeOffset First,
    [property: Id(1)] DateTimeOffset Last,
    [property: Id(2)] int Items,
    [property: Id(3)] int Users,
    [property: Id(4)] int Positives,
    [property: Id(5)] ulong Seed);

/// <summary>What a silo serves.</summary>
/// <param name="Silo">The silo's name.</param>
/// <param name="Serving">The version it serves; null while it serves none.</param>
/// <param name="Loading">The version it is loading; null while it loads none.</param>
/// <param name="Failure">The active model that it could not load; it goes on serving what it had.</param>
[GenerateSerializer, Immutable, Alias("agentrec.SiloModel")]
public sealed record SiloModel(
    [property: Id(0)] string Silo, [property: Id(1)] string? Serving, [property: Id(2)] string? Loading, [property: Id(3)] ModelFailure? Failure);

/// <summary>A model that could not be loaded.</summary>
/// <param name="Version">The model.</param>
/// <param name="Reason">Why, and what helps.</param>
[GenerateSerializer, Immutable, Alias("agentrec.ModelFailure")]
public sealed record ModelFailure([property: Id(0)] string Version, [property: Id(1)] string Reason);
