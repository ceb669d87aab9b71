using System.Security.Cryptography;
using System.Text;

namespace AgentRec.Storage.Erasure;

/// <summary>Digests of erased users' ids, under a key of the store's own: who has no key cannot try out ids.</summary>
/// <param name="key">The key.</param>
internal sealed class Tombstones(byte[] key)
{
    /// <summary>The length of a key in bytes.</summary>
    public const int KeyLength = 32;

    /// <summary>A new key.</summary>
    public static byte[] NewKey() => RandomNumberGenerator.GetBytes(KeyLength);

    /// <summary>A user's digest.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="userId">The user.</param>
    // Ids hold no control characters: the separator occurs in none.
    public byte[] Digest(string tenant, string userId) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{tenant}\u001f{userId}"));
}
