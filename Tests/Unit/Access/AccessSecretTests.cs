using AgentRec.Grains.Abstractions.Access;
using CsCheck;

namespace AgentRec.Tests.Unit.Access;

public sealed class AccessSecretTests
{
    [Fact]
    public void Parse_OfRevealed_GivesIdAndDigestBack()
    {
        var made = AccessSecret.Create();
        Assert.True(AccessSecret.TryParse(made.Reveal(), out var read));
        Assert.Equal(made, read);
        Assert.True(read.Matches(made.Digest));
        Assert.Equal(64, made.Secret.Length);
    }

    [Fact]
    public void Matches_WithAnyDigitChanged_IsFalse()
    {
        var made = AccessSecret.Create();
        Gen.Int[0, made.Secret.Length - 1].Sample(place =>
        {
            var changed = made.Secret.ToCharArray();
            changed[place] = changed[place] == '0' ? '1' : '0';
            Assert.False((made with { Secret = new string(changed) }).Matches(made.Digest));
        });
    }

    [Fact]
    public void ToString_OfEveryTypeWithASecret_HidesIt()
    {
        var made = AccessSecret.Create();
        var stored = new StoredAccessKey(new AccessKey(made.Id, "n", "t", AccessScopes.Read, DateTimeOffset.UnixEpoch, null, null), made.Digest);
        Assert.Equal("arec_" + made.Id, made.ToString());
        Assert.DoesNotContain(made.Secret, stored.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_OfAnyText_NeverThrows_AndTakesOnlyTheForm() =>
        Gen.String.Sample(text => Assert.False(AccessSecret.TryParse(text, out _)));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("arec_")]
    [InlineData("arec_0123456789abcdef_0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcde")]
    [InlineData("arec_0123456789abcdef-0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef")]
    [InlineData("AREC_0123456789abcdef_0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef")]
    [InlineData("arec_0123456789abcdeg_0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef")]
    [InlineData("arec_0123456789abcdef_0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdeF")]
    public void Parse_OfAnotherForm_IsFalse(string? text) => Assert.False(AccessSecret.TryParse(text, out _));

    [Theory]
    [InlineData(AccessScopes.Read, AccessScopes.Read, true)]
    [InlineData(AccessScopes.Read | AccessScopes.Ingest, AccessScopes.Ingest, true)]
    [InlineData(AccessScopes.Admin, AccessScopes.Sessions, true)]
    [InlineData(AccessScopes.Sessions, AccessScopes.Read, false)]
    [InlineData(AccessScopes.Read | AccessScopes.Sessions | AccessScopes.Ingest, AccessScopes.Admin, false)]
    [InlineData(AccessScopes.None, AccessScopes.Read, false)]
    public void Allow_AdminIncludesOthers_NoneElseDoes(AccessScopes granted, AccessScopes needed, bool allowed) => Assert.Equal(allowed, granted.Allow(needed));
}
