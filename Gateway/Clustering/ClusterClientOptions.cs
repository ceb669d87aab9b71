using System.ComponentModel.DataAnnotations;

namespace AgentRec.Gateway.Clustering;

/// <summary>How a gateway of its own finds the silos, bound to the section <c>Cluster</c> and checked at start.</summary>
public sealed class ClusterClientOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Cluster";

    /// <summary>Which of several clusters on one database this is.</summary>
    /// <value>The default is <c>agentrec</c>.</value>
    [Required, StringLength(128, MinimumLength = 1, ErrorMessage = "Cluster:Id must have 1 to 128 characters.")]
    public string Id { get; set; } = "agentrec";

    /// <summary>
    /// After how many seconds a call counts as unanswered. A silo that hangs answers nothing and closes nothing: only this ends
    /// the wait, and a call that is harmless to repeat then goes another way.
    /// </summary>
    /// <value>The default is 2; from 1 to 60.</value>
    [Range(1, 60, ErrorMessage = "Cluster:ResponseSeconds must be from 1 to 60.")]
    public int ResponseSeconds { get; set; } = 2;

    /// <summary>How often, in seconds, the list of silos that say they live is read again.</summary>
    /// <value>The default is 1; from 1 to 60.</value>
    [Range(1, 60, ErrorMessage = "Cluster:RefreshSeconds must be from 1 to 60.")]
    public int RefreshSeconds { get; set; } = 1;
}
