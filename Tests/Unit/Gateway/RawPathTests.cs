using AgentRec.Gateway.Paths;
using CsCheck;

namespace AgentRec.Tests.Unit.Gateway;

public sealed class RawPathTests
{
    [Fact]
    public void Decode_OfEncode_GivesTheTextBack() =>
        Gen.String[Gen.OneOf(Gen.Char['!', '~'], Gen.Char[' ', '\uD7FF']), 0, 40].Sample(text => Assert.Equal(text, RawPath.Decode(RawPath.Encode(text))));

    [Theory]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("a/b")]
    public void Encode_WhatPathsTreatSpecially_HidesIt(string text) =>
        Assert.DoesNotContain(RawPath.Encode(text), c => c is '.' or '/');

    [Theory]
    [InlineData("%")]
    [InlineData("a%2")]
    [InlineData("%FF")]
    [InlineData("%C0%AF")]
    [InlineData("%ED%A0%80")]
    public void Decode_NotPercentEncodedUtf8_GivesNothing(string segment) => Assert.Null(RawPath.Decode(segment));
}
