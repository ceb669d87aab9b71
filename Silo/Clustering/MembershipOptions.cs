using System.ComponentModel.DataAnnotations;
using System.Net;

namespace AgentRec.Silo.Clustering;

/// <summary>How a silo belongs to a cluster, and how soon the cluster gives up on a silo. Without a shared store nothing here counts.</summary>
public sealed class MembershipOptions : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Cluster";

    /// <summary>Which of several clusters on one database this is.</summary>
    /// <value>The default is <c>agentrec</c>.</value>
    [Required, StringLength(128, MinimumLength = 1, ErrorMessage = "Cluster:Id must have 1 to 128 characters.")]
    public string Id { get; set; } = "agentrec";

    /// <summary>The address of this machine at which the other silos and the gateways reach this one; it listens there and nowhere else.</summary>
    /// <value>The default is 127.0.0.1.</value>
    [Required]
    public string Address { get; set; } = IPAddress.Loopback.ToString();

    /// <summary>How long, in milliseconds, silos wait for an answer when they probe each other.</summary>
    /// <value>The default is 1,000; from 100 to 60,000.</value>
    [Range(100, 60_000)]
    public int ProbeMilliseconds { get; set; } = 1_000;

    /// <summary>After how many probes in a row without an answer a silo is suspected.</summary>
    /// <value>The default is 2; from 1 to 10.</value>
    [Range(1, 10)]
    public int MissedProbes { get; set; } = 2;

    /// <summary>How often, in seconds, a silo notes in the database that it is alive, and reads who else is.</summary>
    /// <value>The default is 5; from 1 to 300.</value>
    [Range(1, 300)]
    public int AliveSeconds { get; set; } = 5;

    /// <summary>Says what is wrong with the address.</summary>
    /// <param name="validationContext">Not used.</param>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!IPAddress.TryParse(Address, out _))
            yield return new ValidationResult($"Cluster:Address is '{Address}': it must be an IP address of this machine.");
    }
}
