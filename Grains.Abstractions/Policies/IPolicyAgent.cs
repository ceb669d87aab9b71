using System.Collections.Immutable;
using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Planning;

namespace AgentRec.Grains.Abstractions.Policies;

/// <summary>
/// Speaks for the operator's rules: a stateless worker that holds them itself and never reads a limit from what it is shown.
/// Only it can approve a slate. Key: <see cref="Keys.GrainKey.Policy"/>.
/// </summary>
[Alias("agentrec.IPolicyAgent")]
public interface IPolicyAgent : IGrainWithStringKey
{
    /// <summary>Holds a slate against the rules.</summary>
    /// <param name="request">The slate and the window it may be changed within.</param>
    [Alias("Review")]
    ValueTask<Review> Review(ReviewRequest request);

    /// <summary>Names the slate that the rules would rather have.</summary>
    /// <param name="request">The call with the window.</param>
    [Alias("Rank")]
    Task<RankedOffer> Rank(PolicyRankRequest request);

    /// <summary>Checks a slate independently, private facts read from the log included, and signs a certificate.</summary>
    /// <param name="request">The slate and how it came about.</param>
    /// <returns>The certificate, or the findings that forbid one.</returns>
    [Alias("Certify")]
    Task<CertifyOutcome> Certify(CertifyRequest request);

    /// <summary>Verifies a certificate by recomputing everything in it.</summary>
    /// <param name="certificate">The certificate as JSON, as it was received.</param>
    /// <param name="window">The window as JSON, where it is at hand.</param>
    [Alias("Verify"), AnyRoute]
    Task<Verification> Verify(string certificate, string? window);

    /// <summary>Reads a certificate.</summary>
    /// <param name="certificateId">Its id.</param>
    /// <returns>Its canonical JSON, or null when there is none.</returns>
    [Alias("FindCertificate"), AnyRoute]
    Task<string?> FindCertificate(string certificateId);

    /// <summary>Reads the window of a certificate.</summary>
    /// <param name="certificateId">The certificate's id.</param>
    /// <returns>The window as JSON, or null when there is none or it is no longer kept.</returns>
    [Alias("FindWindow"), AnyRoute]
    Task<string?> FindWindow(string certificateId);

    /// <summary>The ids of the newest certificates whose windows are still kept.</summary>
    /// <param name="limit">How many at most.</param>
    [Alias("Recent"), AnyRoute]
    Task<ImmutableArray<string>> Recent(int limit);

    /// <summary>Rehearses served slates under a rule set that need not be registered.</summary>
    /// <param name="request">The rule set and the slates' certificates.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>One entry for each certificate that could be rehearsed.</returns>
    [Alias("Rehearse"), AnyRoute, ResponseTimeout("00:02:00")]
    Task<ImmutableArray<RehearsedSlate>> Rehearse(RehearsalRequest request, CancellationToken cancellationToken = default);

    /// <summary>The public keys, by id, retired ones included.</summary>
    [Alias("Keys"), AnyRoute]
    Task<ImmutableArray<VerificationKey>> Keys();
}
