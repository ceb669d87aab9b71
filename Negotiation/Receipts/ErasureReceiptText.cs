using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using AgentRec.Domain;
using AgentRec.Negotiation.Certificates;

namespace AgentRec.Negotiation.Receipts;

/// <summary>
/// The signed text of a receipt, in the form of certificates: RFC 8785, signed with the same keys. Its <c>kind</c> keeps the one from
/// being taken for the other.
/// </summary>
public static class ErasureReceiptText
{
    private const string Kind = "erasure-receipt";
    private const string KindMember = "kind";
    private const string KeyMember = "keyId";
    private const string SignatureMember = "signature";

    /// <summary>Signs a receipt.</summary>
    /// <param name="receipt">The receipt.</param>
    /// <param name="signer">What signs.</param>
    public static string Sign(ErasureReceipt receipt, ICertificateSigner signer)
    {
        ImmutableArray<KeyValuePair<string, CanonicalValue>> members =
        [
            Text(KindMember, Kind),
            Text("id", receipt.Id),
            Text("tenant", receipt.Tenant),
            Text("userId", receipt.UserId),
            Text("erasedAt", receipt.ErasedAt.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)),
            new("removed", new CanonicalObject([.. receipt.Removed.Select(entry => new KeyValuePair<string, CanonicalValue>(entry.Key, new CanonicalInteger(entry.Value)))])),
            Text("models", receipt.Models),
            Text("modelVersion", receipt.ModelVersion),
            Text(KeyMember, signer.KeyId),
        ];
        var signature = signer.Sign(Encoding.UTF8.GetBytes(CanonicalJson.Write(new CanonicalObject(members))));
        return CanonicalJson.Write(new CanonicalObject(members.Add(Text(SignatureMember, signature))));
    }

    /// <summary>Verifies a receipt as it came in. Nothing that is submitted makes it throw.</summary>
    /// <param name="receipt">The submitted JSON.</param>
    /// <param name="key">Finds a public key by id.</param>
    /// <returns>What is wrong; nothing for a receipt that was signed here and never changed.</returns>
    public static ImmutableArray<Finding> Verify(JsonElement receipt, Func<string, VerificationKey?> key)
    {
        ImmutableArray<KeyValuePair<string, CanonicalValue>> members;
        try
        {
            if (CanonicalReader.Read(receipt) is not CanonicalObject read)
                return [new Finding("format", "", "A receipt is an object.")];
            members = read.Members;
        }
        catch (CertificateFormatException e)
        {
            return [new Finding("format", e.Path, e.Message)];
        }
        if (Find(KindMember) is not Kind)
            return [new Finding("format", KindMember, $"A receipt's kind is '{Kind}'.")];
        if (Find(KeyMember) is not { } keyId || key(keyId) is not { } known)
            return [new Finding("key", KeyMember, "No such key has ever signed here.")];
        var signed = new CanonicalObject([.. members.Where(member => !string.Equals(member.Key, SignatureMember, StringComparison.Ordinal))]);
        return Find(SignatureMember) is { } signature && EcdsaVerifier.IsValid(known, Encoding.UTF8.GetBytes(CanonicalJson.Write(signed)), signature)
            ? []
            : [new Finding("signature", SignatureMember, "The signature does not belong to this text.")];

        string? Find(string name) => members.FirstOrDefault(member => string.Equals(member.Key, name, StringComparison.Ordinal)).Value is CanonicalString(var text) ? text : null;
    }

    private static KeyValuePair<string, CanonicalValue> Text(string name, string text) => new(name, new CanonicalString(text));
}
