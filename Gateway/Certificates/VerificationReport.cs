using System.Collections.Immutable;
using AgentRec.Domain;

namespace AgentRec.Gateway.Certificates;

/// <summary>What verification found.</summary>
/// <param name="Valid">True when nothing is wrong.</param>
/// <param name="Findings">What is wrong.</param>
/// <param name="Attested">Rules whose values only the cluster can recompute and that were not recomputed this time.</param>
internal sealed record VerificationReport(bool Valid, ImmutableArray<Finding> Findings, ImmutableArray<string> Attested)
{
    /// <summary>The report of a verification.</summary>
    /// <param name="verification">The verification.</param>
    public static VerificationReport Of(Verification verification) => new(verification.IsValid, verification.Findings, verification.Attested);
}
