using System.Security.Cryptography;
using System.Text;

namespace AgentRec.Qdrant;

/// <summary>
/// Ids of points. Qdrant takes unsigned integers and UUIDs only; item ids are any text. A point's id is a UUID of version 8 out of
/// the first bytes of the SHA-256 of the item id: 122 bits, so that among a thousand million items two have the same id with a
/// probability of one in 10^19. The later one would take the earlier one's place; whoever counts after filling finds one too few.
/// </summary>
internal static class PointIds
{
    /// <summary>The id of an item's point.</summary>
    /// <param name="itemId">The item.</param>
    public static Guid Of(string itemId)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(itemId), hash);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }
}
