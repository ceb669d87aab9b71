using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Storage;
using AgentRec.Storage.Log;

namespace AgentRec.Storage.Erasure;

/// <summary>How what is left to do of an erasure is kept: compressed JSON.</summary>
internal static class PendingErasure
{
    /// <summary>As it is kept.</summary>
    /// <param name="footprint">What others have yet to let go of.</param>
    public static byte[] Pack(UserFootprint footprint) => Compressed.Pack(DomainJson.Write(footprint));

    /// <summary>As it was handed over.</summary>
    /// <param name="packed">What was kept.</param>
    public static UserFootprint Unpack(byte[] packed) => DomainJson.Read<UserFootprint>(Compressed.Unpack(packed));
}
