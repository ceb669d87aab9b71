using System.Buffers;
using System.Buffers.Text;
using System.Numerics;
using System.Security.Cryptography;
using AgentRec.Domain;

namespace AgentRec.Negotiation.Certificates;

/// <summary>
/// Verifies signatures in the one text that a signature has: for every r and s there is a second valid s in the upper half
/// of the order, and base64url leaves spare bits in the last character; both are refused.
/// </summary>
internal static class EcdsaVerifier
{
    private const int FieldLength = 32;

    private static readonly BigInteger Order = BigInteger.Parse(
        "0FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551",
        System.Globalization.NumberStyles.AllowHexSpecifier,
        System.Globalization.CultureInfo.InvariantCulture);

    public static bool IsValid(VerificationKey key, ReadOnlySpan<byte> data, string signature)
    {
        if (!TryDecode(signature, 2 * FieldLength, out var bytes) || IsUpperHalf(bytes)
            || !TryDecode(key.X, FieldLength, out var x) || !TryDecode(key.Y, FieldLength, out var y))
            return false;
        try
        {
            using var ecdsa = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = x, Y = y } });
            return ecdsa.VerifyData(data, bytes, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        }
        catch (CryptographicException)
        {
            // The point is not on the curve.
            return false;
        }
    }

    /// <summary>Replaces an s in the upper half of the order by its mirror image, which signs the same.</summary>
    public static void ToLowerHalf(Span<byte> signature)
    {
        if (!IsUpperHalf(signature))
            return;
        var s = signature[FieldLength..];
        var mirrored = (Order - new BigInteger(s, isUnsigned: true, isBigEndian: true)).ToByteArray(isUnsigned: true, isBigEndian: true);
        s.Clear();
        mirrored.CopyTo(s[(FieldLength - mirrored.Length)..]);
    }

    private static bool IsUpperHalf(ReadOnlySpan<byte> signature) =>
        new BigInteger(signature[FieldLength..], isUnsigned: true, isBigEndian: true) > Order / 2;

    private static bool TryDecode(string text, int length, out byte[] bytes)
    {
        bytes = new byte[length];
        return Base64Url.DecodeFromChars(text, bytes, out _, out var written) == OperationStatus.Done
            && written == length
            && string.Equals(Base64Url.EncodeToString(bytes), text, StringComparison.Ordinal);
    }
}
