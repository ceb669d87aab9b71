using System.Text.Json;
using AgentRec.Domain;
using AgentRec.Negotiation.Certificates;
using AgentRec.Negotiation.Receipts;

namespace AgentRec.Tests.Unit.Receipts;

public sealed class ErasureReceiptTextTests : IDisposable
{
    private static readonly ErasureReceipt Receipt = new(
        "e-1", "default", "u \"x\" 🎬", new DateTimeOffset(2025, 6, 1, 12, 0, 0, 7, TimeSpan.Zero),
        new Dictionary<string, long>(StringComparer.Ordinal) { ["turns"] = 3, ["events"] = 12 }, "refitted", "0123abcd");

    private readonly EcdsaSigner _signer = EcdsaSigner.Create();

    public void Dispose() => _signer.Dispose();

    [Fact]
    public void Sign_IsCanonical_AndSaysEverything()
    {
        var text = ErasureReceiptText.Sign(Receipt, _signer);
        Assert.StartsWith(
            """{"erasedAt":"2025-06-01T12:00:00.007Z","id":"e-1","keyId":""" + $"\"{_signer.KeyId}\"" + ""","kind":"erasure-receipt","modelVersion":"0123abcd","models":"refitted","removed":{"events":12,"turns":3},"signature":""", text,
            StringComparison.Ordinal);
        Assert.Empty(Verify(text));
    }

    [Theory]
    [InlineData("\"turns\":3", "\"turns\":4", "signature")]
    [InlineData("\"turns\":3", "\"turns\":3,\"more\":1", "signature")]
    [InlineData("\"tenant\":\"default\"", "\"tenant\":\"other\"", "signature")]
    [InlineData("\"turns\":3", "\"turns\":3.0", "format")]
    [InlineData("\"turns\":3", "\"turns\":null", "format")]
    [InlineData("erasure-receipt", "certificate", "format")]
    [InlineData("\"keyId\":\"", "\"keyId\":\"0", "key")]
    [InlineData("\"signature\":\"", "\"signature\":\"A", "signature")]
    [InlineData("\"signature\":", "\"sign\":", "signature")]
    public void Verify_OfAChangedReceipt_FindsIt(string part, string other, string code)
    {
        var text = ErasureReceiptText.Sign(Receipt, _signer);
        Assert.Contains(part, text, StringComparison.Ordinal);
        Assert.Equal(code, Assert.Single(Verify(text.Replace(part, other, StringComparison.Ordinal))).Code);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("\"x\"")]
    [InlineData("{\"kind\":\"erasure-receipt\"}")]
    public void Verify_OfSomethingElse_FindsIt(string text) => Assert.NotEmpty(Verify(text));

    private IReadOnlyList<Finding> Verify(string text)
    {
        using var document = JsonDocument.Parse(text);
        return ErasureReceiptText.Verify(document.RootElement, keyId => _signer.PublicKeys.FirstOrDefault(key => key.KeyId == keyId));
    }
}
