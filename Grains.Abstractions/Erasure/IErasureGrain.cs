using AgentRec.Domain;

namespace AgentRec.Grains.Abstractions.Erasure;

/// <summary>
/// Erases users of a tenant: sees to it that everybody who holds something of a user lets go of it, and signs for it. Nothing on the
/// path of a turn passes through it. Key: <see cref="Keys.GrainKey.Tenant"/>.
/// </summary>
[Alias("agentrec.IErasureGrain")]
public interface IErasureGrain : IGrainWithStringKey
{
    /// <summary>
    /// Erases a user: log, turns, certificates and windows, memory, sessions, cached scores, what item agents counted, and the
    /// user's part in the active model. Erasing a user again, or one who never was, is no fault. An erasure that is interrupted is
    /// resumed.
    /// </summary>
    /// <param name="userId">The user.</param>
    /// <returns>The signed receipt, as JSON.</returns>
    [Alias("Erase"), AnyRoute, ResponseTimeout("00:02:00")]
    Task<string> Erase(string userId);

    /// <summary>Verifies a receipt.</summary>
    /// <param name="receipt">The submitted JSON.</param>
    [Alias("Verify"), AnyRoute]
    Task<Verification> Verify(string receipt);

    /// <summary>Resumes erasures that were interrupted, and makes the active model one without everybody who was erased.</summary>
    [Alias("Resume"), ResponseTimeout("00:10:00")]
    Task Resume();
}
