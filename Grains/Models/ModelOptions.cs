using System.ComponentModel.DataAnnotations;

namespace AgentRec.Grains.Models;

/// <summary>How models take each other's place.</summary>
public sealed class ModelOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Models";

    /// <summary>
    /// The part of the active model's NDCG@10 on its held-out tail that another model may lose on its own and still be activated
    /// without being forced. Tails of different data differ by some percent even where models are equally good.
    /// </summary>
    /// <value>The default is 0.1; from 0 to 1, which allows everything.</value>
    [Range(0.0, 1.0, ErrorMessage = "Models:GreatestLoss must be from 0 to 1.")]
    public double GreatestLoss { get; set; } = 0.1;

    /// <summary>How often a silo looks whether another model was activated elsewhere.</summary>
    /// <value>The default is 2,000; from 50 to 3,600,000.</value>
    [Range(50, 3_600_000, ErrorMessage = "Models:CheckMilliseconds must be from 50 to 3,600,000.")]
    public int CheckMilliseconds { get; set; } = 2_000;

    /// <summary>After what time a silo tries again to load the active model that it could not load.</summary>
    /// <value>The default is 60,000; from 50 to 3,600,000.</value>
    [Range(50, 3_600_000, ErrorMessage = "Models:RetryMilliseconds must be from 50 to 3,600,000.")]
    public int RetryMilliseconds { get; set; } = 60_000;
}
