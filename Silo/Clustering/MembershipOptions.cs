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

    /// <summary>
    /// The address of this machine at which the other silos and the gateways reach this one; it listens there and nowhere else. A network
    /// such as <c>10.1.0.0/16</c> means the one address that the machine has in it: for containers, whose address nobody knows before.
    /// </summary>
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

    /// <summary>
    /// How often, in milliseconds, a silo notes in the database that it is alive. Gateways leave a silo alone that has not for two and a
    /// half times as long; silos read who else there is after ten times as long, and do not count a silo in that has noted nothing for
    /// twenty times as long.
    /// </summary>
    /// <value>The default is 500; from 500 to 60,000.</value>
    [Range(500, 60_000)]
    public int AliveMilliseconds { get; set; } = 500;

    /// <summary>
    /// Whether the silo is a pod of Kubernetes and asks it which pods there are: it is called as its pod is, and silos whose pods are gone
    /// leave the cluster without a wait. The pod needs the variables <c>POD_NAME</c> and <c>POD_NAMESPACE</c>, the labels
    /// <c>orleans/serviceId: agentrec</c> and <c>orleans/clusterId</c> with <see cref="Id"/>, and leave to list pods.
    /// </summary>
    /// <value>The default is false.</value>
    public bool Kubernetes { get; set; }

    /// <summary>Says what is wrong with the address.</summary>
    /// <param name="validationContext">Not used.</param>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (MachineAddress.Find(Address, MachineAddress.OfThisMachine()) is not { } address)
            yield return new ValidationResult($"Cluster:Address is '{Address}': it must be an IP address of this machine, or a network in which it has exactly one.");
        else if (Kubernetes && IPAddress.IsLoopback(address))
            yield return new ValidationResult($"Cluster:Address is '{Address}': in Kubernetes it must be the pod's own (status.podIP).");
    }
}
