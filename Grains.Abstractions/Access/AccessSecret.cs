using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace AgentRec.Grains.Abstractions.Access;

/// <summary>
/// What the holder of an access key sends: <c>arec_ID_SECRET</c>. The secret is 256 random bits, so its plain SHA-256 can be stored:
/// salts and slow hashes protect words that people choose, and nobody searches 2^256 secrets. Only the process that makes a
/// secret ever has it; what is sent to silos and stored is the digest.
/// </summary>
/// <param name="Id">The key's id.</param>
/// <param name="Secret">The secret, in hexadecimal digits.</param>
public readonly record struct AccessSecret(string Id, string Secret)
{
    /// <summary>What every key begins with, so that scanners for leaked secrets find it.</summary>
    public const string Prefix = "arec_";

    private const int IdBytes = 8;
    private const int SecretBytes = 32;

    /// <summary>The digest that is stored.</summary>
    public ImmutableArray<byte> Digest => [.. SHA256.HashData(Encoding.ASCII.GetBytes(Secret))];

    /// <summary>What the holder sends: a secret. It is shown once.</summary>
    public string Reveal() => $"{Prefix}{Id}_{Secret}";

    /// <summary>Makes a new one.</summary>
    public static AccessSecret Create() => new(
        Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes)), Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SecretBytes)));

    /// <summary>Reads what a caller sent.</summary>
    /// <param name="text">The text.</param>
    /// <param name="secret">The key's id and secret.</param>
    /// <returns>False when it is not of the form of a key.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out AccessSecret secret)
    {
        const int idStart = 5, idEnd = idStart + IdBytes * 2, length = idEnd + 1 + SecretBytes * 2;
        secret = default;
        if (text is not { Length: length } || !text.StartsWith(Prefix, StringComparison.Ordinal) || text[idEnd] is not '_'
            || !IsHex(text.AsSpan(idStart, IdBytes * 2)) || !IsHex(text.AsSpan(idEnd + 1)))
            return false;
        secret = new AccessSecret(text[idStart..idEnd], text[(idEnd + 1)..]);
        return true;
    }

    /// <summary>Compares with a stored digest, in a time that does not tell where they differ.</summary>
    /// <param name="digest">The stored digest.</param>
    public bool Matches(ImmutableArray<byte> digest) => CryptographicOperations.FixedTimeEquals(Digest.AsSpan(), digest.AsSpan());

    /// <summary>The id alone: the secret must never reach a log.</summary>
    public override string ToString() => $"{Prefix}{Id}";

    private static bool IsHex(ReadOnlySpan<char> text) => !text.ContainsAnyExcept("0123456789abcdef");
}
