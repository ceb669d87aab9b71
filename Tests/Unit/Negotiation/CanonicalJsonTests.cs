using System.Text.Json;
using AgentRec.Negotiation.Certificates;

namespace AgentRec.Tests.Unit.Negotiation;

public sealed class CanonicalJsonTests
{
    [Fact]
    public void Write_MembersOfRfc8785_AreOrderedByUtf16Units()
    {
        // The property names of RFC 8785, section 3.2.3.
        const string text = """{"\u20ac":"Euro Sign","\r":"Carriage Return","\ufb33":"Hebrew Letter Dalet With Dagesh","1":"One","\ud83d\ude00":"Emoji: Grinning Face","\u0080":"Control","\u00f6":"Latin Small Letter O With Diaeresis"}""";
        var written = Canonical(text);
        using var document = JsonDocument.Parse(written);
        Assert.Equal(
            ["Carriage Return", "One", "Control", "Latin Small Letter O With Diaeresis", "Euro Sign", "Emoji: Grinning Face", "Hebrew Letter Dalet With Dagesh"],
            document.RootElement.EnumerateObject().Select(member => member.Value.GetString()));
    }

    [Theory]
    [InlineData("""[ "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/" ]""", "[\"\u20ac$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"]")]
    [InlineData("""{"b":[1,-2,0],"a":{}}""", """{"a":{},"b":[1,-2,0]}""")]
    [InlineData("9007199254740991", "9007199254740991")]
    [InlineData("\"\u007f\u0085<>&+\"", "\"\u007f\u0085<>&+\"")]
    public void Write_Texts_AreEscapedAsTheRfcSays(string text, string expected) => Assert.Equal(expected, Canonical(text));

    [Theory]
    [InlineData("1.0")]
    [InlineData("1e3")]
    [InlineData("-0")]
    [InlineData("9007199254740992")]
    [InlineData("9223372036854775808")]
    [InlineData("-9223372036854775808")]
    [InlineData("true")]
    [InlineData("null")]
    [InlineData("""{"a":1,"a":1}""")]
    [InlineData("""["\udc00"]""")]
    public void Read_WhatIsNotSigned_IsRefused(string text)
    {
        using var document = JsonDocument.Parse(text);
        Assert.Throws<CertificateFormatException>(() => CanonicalReader.Read(document.RootElement));
    }

    private static string Canonical(string text)
    {
        using var document = JsonDocument.Parse(text);
        return CanonicalJson.Write(CanonicalReader.Read(document.RootElement));
    }
}
