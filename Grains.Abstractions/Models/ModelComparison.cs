using System.Globalization;

namespace AgentRec.Grains.Abstractions.Models;

/// <summary>
/// How a model compares with the active one: by what each reached in training on its own held-out tail with a fit that had not
/// seen it. Where both were trained on the same data the tails are the same; otherwise the figures are of different users and
/// items, and the margin has to cover that as well.
/// </summary>
/// <param name="Candidate">The model that is to be activated.</param>
/// <param name="Active">The active one.</param>
/// <param name="Loss">The part of the active one's figure that would be lost; negative where it would be gained.</param>
/// <param name="GreatestLoss">The margin.</param>
/// <param name="SameTail">True when both figures are of the same held-out tail.</param>
[GenerateSerializer, Immutable, Alias("agentrec.ModelComparison")]
public sealed record ModelComparison(
    [property: Id(0)] ModelFigure Candidate,
    [property: Id(1)] ModelFigure Active,
    [property: Id(2)] double Loss,
    [property: Id(3)] double GreatestLoss,
    [property: Id(4)] bool SameTail)
{
    /// <summary>True when more than the margin would be lost.</summary>
    public bool IsTooWorse => Loss > GreatestLoss;

    /// <summary>The comparison in words, both figures named.</summary>
    public string InWords => string.Create(
        CultureInfo.InvariantCulture,
        $"NDCG@10 of {Candidate.Version} is {Candidate.Ndcg:F4} ({Candidate.Model}), that of the active {Active.Version} is {Active.Ndcg:F4} ({Active.Model}), on {(SameTail ? "the same held-out tail" : "held-out tails of different data")}: a loss of {Loss:P1}, where at most {GreatestLoss:P1} is allowed");
}

/// <summary>What a model reached on its held-out tail.</summary>
/// <param name="Version">The model.</param>
/// <param name="Model">Which part of it serves: <c>ranker</c> where it has one, else <c>blend</c>.</param>
/// <param name="Ndcg">NDCG@10.</param>
[GenerateSerializer, Immutable, Alias("agentrec.ModelFigure")]
public sealed record ModelFigure([property: Id(0)] string Version, [property: Id(1)] string Model, [property: Id(2)] double Ndcg);
